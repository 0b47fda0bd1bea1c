package com.cloudnestle.marketplace.quota.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Returns units that nobody uses, and forgets accounts that nobody asks for. */
final class Sweeper {

    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);

    private static final long IDLE_MILLIS = 60_000;

    /** How long a refusal keeps an idle account in memory; to find it again costs one read. */
    private static final long REFUSED_IDLE_MILLIS = 600_000;

    private static final int STOP_THREADS = 16;

    /** So few are handed back without threads of their own. */
    private static final int STOP_INLINE = 32;

    private final Accounts accounts;
    private final HandBack handBack;
    private final QuotaSettings settings;
    private final InstantSource clock;
    private final Tally tally;

    Sweeper(Accounts accounts, HandBack handBack, QuotaSettings settings, InstantSource clock, Tally tally) {
        this.accounts = accounts;
        this.handBack = handBack;
        this.settings = settings;
        this.clock = clock;
        this.tally = tally;
    }

    void tick() {
        long now = clock.millis();
        int failed = 0;
        for (Account account : accounts.all()) {
            if (account.lock.tryLock()) { // who holds it uses the account, which therefore is not idle
                try {
                    sweep(account, now);
                } catch (MarketplaceException e) {
                    failed++;
                    LOG.debug("event=hand_back_failed solution={} action={}", account.id.solution, account.id.action, e);
                } finally {
                    account.lock.unlock();
                }
            }
        }
        if (failed > 0) {
            LOG.warn("event=hand_back_failed counters={} next=later", failed);
        }
        shrink(now);
    }

    private void sweep(Account account, long now) {
        Block block = account.block;
        if (block != null) {
            long left = block.left();
            if (now >= block.deadAt) {
                handBack.clearDoubt(account, now);
                handBack.retire(account, now);
            } else if (account.sweptBlock != block || account.sweptLeft != left) {
                account.sweptBlock = block;
                account.sweptLeft = left;
                account.sweptAt = now;
            } else if (left > 0 && block.limited() && now - account.sweptAt >= settings.handBackAfter().toMillis()) {
                account.target = Math.max(1, block.size - left);
                handBack.clearDoubt(account, now);
                handBack.retire(account, now);
            }
        }
        handBack.settle(account, now);
        evictIdle(account, now);
    }

    private void evictIdle(Account account, long now) {
        Block block = account.block;
        boolean empty = account.rest == null && (block == null || block.left() == 0);
        long idle = now - account.usedAt;
        if (empty && idle >= (account.refused == null ? IDLE_MILLIS : REFUSED_IDLE_MILLIS)) {
            evict(account, now);
        }
    }

    private void evict(Account account, long now) {
        handBack.retire(account, now);
        handBack.settle(account, now);
        accounts.evict(account);
    }

    /** Keeps to the number of accounts allowed, forgetting those first that needed the store longest ago. */
    private void shrink(long now) {
        int excess = accounts.size() - settings.maxAccounts();
        if (excess <= 0) {
            return;
        }
        record Used(Account account, long at) {}
        List<Used> oldest = accounts.all().stream()
                .map(account -> new Used(account, account.usedAt))
                .sorted(Comparator.comparingLong(Used::at))
                .limit(excess)
                .toList();
        for (Used used : oldest) {
            if (used.account.lock.tryLock()) {
                try {
                    evict(used.account, now);
                } catch (MarketplaceException e) {
                    LOG.debug("event=hand_back_failed solution={}", used.account.id.solution, e);
                } finally {
                    used.account.lock.unlock();
                }
            }
        }
        LOG.info("event=accounts_evicted reason=max_accounts accounts={} kept={}", excess, accounts.size());
    }

    /** Returns what every account has left. Of many accounts, what cannot be returned within this time is lost; a few are waited for. */
    void handBackAll(Duration within) {
        List<Account> all = new ArrayList<>(accounts.all());
        AtomicInteger done = new AtomicInteger();
        AtomicLong next = new AtomicLong();
        if (all.size() <= STOP_INLINE) {
            handBackFrom(all, next, done, Long.MAX_VALUE);
            return;
        }
        long deadline = System.nanoTime() + within.toNanos();
        ExecutorService pool = Executors.newFixedThreadPool(STOP_THREADS, work -> {
            Thread thread = new Thread(work, "marketplace-quota-stop");
            thread.setDaemon(true);
            return thread;
        });
        for (int i = 0; i < STOP_THREADS; i++) {
            pool.execute(() -> handBackFrom(all, next, done, deadline));
        }
        pool.shutdown();
        try {
            while (!pool.awaitTermination(1, TimeUnit.SECONDS) && System.nanoTime() < deadline) {
                LOG.info("event=handing_back done={} of={}", done.get(), all.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (done.get() < all.size()) {
            LOG.warn("event=hand_back_incomplete done={} of={}", done.get(), all.size());
        }
    }

    private void handBackFrom(List<Account> all, AtomicLong next, AtomicInteger done, long deadline) {
        long number;
        while ((number = next.getAndIncrement()) < all.size()) {
            Account account = all.get((int) number);
            account.lock.lock();
            try {
                if (deadline == Long.MAX_VALUE || System.nanoTime() < deadline) {
                    stop(account);
                } else {
                    giveUp(account);
                }
                done.incrementAndGet();
            } catch (MarketplaceException e) {
                giveUp(account);
            } finally {
                account.lock.unlock();
            }
        }
    }

    private void stop(Account account) {
        long now = clock.millis();
        handBack.clearDoubt(account, now);
        handBack.retire(account, now);
        handBack.settle(account, now);
    }

    private void giveUp(Account account) {
        Block block = account.block;
        long units = block == null ? 0 : block.close();
        account.block = null;
        Rest rest = account.rest;
        account.rest = null;
        tally.lost(account, units + (rest == null ? 0 : rest.units()), Tally.Loss.STOP_FAILED);
    }
}

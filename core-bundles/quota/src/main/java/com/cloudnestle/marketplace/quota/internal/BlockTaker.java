package com.cloudnestle.marketplace.quota.internal;

import com.cloudnestle.marketplace.platform.Nodes;
import com.cloudnestle.marketplace.quota.AccessRequest;
import com.cloudnestle.marketplace.quota.Decision;
import com.cloudnestle.marketplace.quota.Decision.Allowed;
import com.cloudnestle.marketplace.quota.Decision.Denied;
import com.cloudnestle.marketplace.quota.QuotaState;
import com.cloudnestle.marketplace.quota.Subject;
import com.cloudnestle.marketplace.quota.internal.Account.Refused;
import com.cloudnestle.marketplace.store.StoreException;
import com.cloudnestle.marketplace.store.Write;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides when the units at hand do not suffice: asks the store for the next block, large enough for all who wait at this
 * moment, so that many calls share one write. Who calls holds no lock.
 */
final class BlockTaker {

    /** Each retry means that another node made progress; so many lost races in a row do not happen by chance. */
    private static final int ATTEMPTS = 200;

    /** How far a node may go: an eighth of what is left, shared by all, so that the last units are not stranded. */
    private static final long PARTS = 8;

    private final QuotaSettings settings;
    private final ResetRule resetRule;
    private final AccountTerms terms;
    private final Ledger ledger;
    private final CounterWrites writes;
    private final HandBack handBack;
    private final Nodes nodes;
    private final InstantSource clock;
    private final Tally tally;
    private final Warnings warnings;

    BlockTaker(
            QuotaSettings settings, TermsSource source, Ledger ledger, HandBack handBack, Nodes nodes, InstantSource clock,
            Tally tally, Warnings warnings) {
        this.settings = settings;
        this.resetRule = new ResetRule(settings.keepUsageOn());
        this.terms = new AccountTerms(source, ledger.shared(), settings.cacheFor());
        this.ledger = ledger;
        this.writes = handBack.writes();
        this.handBack = handBack;
        this.nodes = nodes;
        this.clock = clock;
        this.tally = tally;
        this.warnings = warnings;
    }

    /** The answer; null if the account is no longer the present one. */
    @Nullable Decision decide(Account account, AccessRequest request) {
        return decide(account, request, null);
    }

    /**
     * Takes units for something that is written in the same transaction, none of them from a block.
     *
     * @return as {@link #decide(Account, AccessRequest)}; without a receipt
     */
    @Nullable Decision decide(Account account, AccessRequest request, @Nullable Companion companion) {
        int arrived = account.rounds;
        account.wanted.addAndGet(request.units());
        account.lock.lock();
        try {
            return account.evicted ? null : new Attempt(account, request, companion, arrived).decide();
        } finally {
            account.wanted.addAndGet(-request.units());
            account.lock.unlock();
        }
    }

    /** Units to ask the store for. */
    private long size(Account account, Counter counter, long own, long units) {
        long need = Math.max(Math.max(1, units - own), account.wanted.get() - own);
        long size = need;
        long remaining = counter.remaining(account.rest);
        if (leased(counter)) {
            size = Math.max(need, Math.min(account.target, settings.leaseUnits()));
            if (remaining != Long.MAX_VALUE) {
                size = Math.max(need, Math.min(size, remaining / (PARTS * nodes.running())));
            }
        }
        return Math.min(size, remaining);
    }

    private boolean leased(Counter counter) {
        return settings.leaseUnits() > 1 && counter.terms().rules().smallestLimit() >= settings.leaseFromLimit();
    }

    private long ttl(Account account, Instant now) {
        return account.subject instanceof Subject.Visitor
                ? now.plus(settings.visitorRetention()).getEpochSecond()
                : CounterItem.ABSENT;
    }

    Counter counter(Terms under, CounterItem item, Instant now) {
        return new Counter(under, item, now, resetRule);
    }

    /** Where the subject stands, under terms that need not be those of use. */
    QuotaState state(Account account, Terms under) {
        account.lock.lock();
        try {
            Instant now = clock.instant();
            long millis = now.toEpochMilli();
            handBack.clearDoubt(account, millis);
            if (account.known == null || !young(account, millis)) {
                ledger.read(account, millis);
            }
            Counter counter = counter(under, ledger.known(account, millis), now);
            return counter.state(own(account, counter), account.rest);
        } finally {
            account.lock.unlock();
        }
    }

    private boolean young(Account account, long now) {
        long age = now - account.knownAt;
        return !ledger.shared() || age >= 0 && age < settings.cacheFor().toMillis();
    }

    private static long own(Account account, Counter counter) {
        Block block = account.block;
        return block != null && block.origin.same(counter.origin()) ? block.left() : 0;
    }

    Allowed allowed(Account account, Block block, long left, AccessRequest request) {
        if (left <= block.warnLeft) {
            warnings.reached(account, block, left);
        }
        return new Allowed(
                block.state(left), Optional.of(new UnitsReceipt(account, block.origin, request)), false);
    }

    /** What is written together with a counter. */
    interface Companion {
        /** The write that belongs to units taken from the counter as seen. */
        Write with(Counter counter);

        /** The transaction was refused, and not because of the counter: throws if this write was the reason. */
        void refused();
    }

    /** One caller's way through the lock. */
    private final class Attempt {
        private final Account account;
        private final AccessRequest request;
        private final @Nullable Companion companion;
        private final int arrived;
        private boolean learned;
        private boolean withJournal = true;
        private boolean caughtUp;

        Attempt(Account account, AccessRequest request, @Nullable Companion companion, int arrived) {
            this.account = account;
            this.request = request;
            this.companion = companion;
            this.arrived = arrived;
        }

        Decision decide() {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                Decision answer = once();
                if (answer != null) {
                    return answer;
                }
            }
            throw new StoreException.Unavailable("Too many calls at once for one counter; try again.");
        }

        private @Nullable Decision once() {
            Instant now = clock.instant();
            long millis = now.toEpochMilli();
            account.usedAt = millis;
            Terms present = terms.present(account, request.solutionId(), millis);
            handBack.clearDoubt(account, millis);
            Block block = account.block;
            if (block != null && (block.rules != present.rules() || millis >= block.deadAt)) {
                handBack.retire(account, millis);
                block = null;
            }
            if (block != null && companion == null && !request.checkOnly()) {
                long left = block.take(request.units());
                if (left >= 0) {
                    return allowed(account, block, left, request);
                }
            }
            Refused refused = account.refused;
            if (refused != null && companion == null && refused.holds(present.rules(), request.units(), millis)) {
                return refused.answer();
            }
            shareFailure();
            boolean old = request.checkOnly() && !young(account, millis);
            learned |= account.known == null || old;
            Counter counter = counter(present, old ? ledger.read(account, millis) : ledger.known(account, millis), now);
            if (counter.belongsToNewerTerms() && !caughtUp) {
                caughtUp = true;
                if (terms.catchUp(account, counter, request.solutionId(), millis)) {
                    return null;
                }
            }
            if (block != null && !block.origin.same(counter.origin())) {
                handBack.retire(account, millis);
                block = null;
            }
            handBack.forgetForeign(account, counter.item());
            return decide(counter, block, millis);
        }

        private @Nullable Decision decide(Counter counter, @Nullable Block block, long now) {
            int returns = account.returns.get(); // before looking at what is left, or a unit between the two would be missed
            long own = block == null ? 0 : block.left();
            Denied denied = counter.refusal(request.units(), own, account.rest);
            if (denied != null) {
                if (ledger.shared() && !learned) {
                    account.known = null;
                    return null;
                }
                if (own == 0) {
                    remember(counter, denied, returns, now);
                }
                return denied;
            }
            if (request.checkOnly()) {
                return new Allowed(counter.state(own, account.rest), Optional.empty(), false);
            }
            if (companion != null && block != null && counter.remaining(account.rest) < request.units()) {
                handBack.retire(account, now); // what is missing in the store lies here
                return null;
            }
            return take(counter, block, own, now);
        }

        private void remember(Counter counter, Denied denied, int returns, long now) {
            Optional<Instant> end = counter.validUntil();
            boolean ended = end.isPresent() && end.get().toEpochMilli() <= now;
            long until = ended || counter.slots().isEmpty() ? Long.MAX_VALUE : counter.deadAt();
            long from = Long.MIN_VALUE;
            if (ledger.shared()) {
                from = account.knownAt;
                until = Math.min(until, account.knownAt + settings.negativeCacheFor().toMillis());
            }
            account.refused = new Refused(counter.terms().rules(), request.units(), from, until, denied);
            if (account.returns.get() != returns) {
                account.refused = null;
            }
        }

        private @Nullable Decision take(Counter counter, @Nullable Block block, long own, long now) {
            long units = companion != null ? request.units() : size(account, counter, own, request.units());
            Rest rest = account.rest;
            Change change = writes.take(
                    account, counter, units, rest, ledger.nextSequence(now), ttl(account, counter.now()), withJournal);
            if (companion != null) {
                change = change.with(companion.with(counter));
            }
            int round = ++account.rounds;
            Ledger.Outcome outcome;
            try {
                outcome = ledger.apply(account, change, now);
            } catch (StoreException e) {
                account.failure = e;
                account.failedRound = round;
                if (e instanceof StoreException.OutcomeUnknown) {
                    tally.lost(account, units + (rest == null ? 0 : rest.units()), Tally.Loss.UNKNOWN_OUTCOME);
                    account.rest = null;
                }
                throw e;
            }
            learned = true;
            if (outcome != Ledger.Outcome.APPLIED) {
                if (account.stray == change.sequence()) {
                    account.strayUnits = units;
                }
                companionRefused(outcome);
                return null;
            }
            if (rest != null) {
                tally.handedBack.add(rest.units());
                account.rest = null;
            }
            return companion == null ? publish(counter, change, block, units) : takenFor(counter, change, now);
        }

        private void companionRefused(Ledger.Outcome outcome) {
            if (outcome == Ledger.Outcome.COMPANION_REFUSED) {
                if (companion != null) {
                    companion.refused();
                }
                withJournal = false;
            }
        }

        private Decision takenFor(Counter counter, Change change, long now) {
            account.refused = null;
            CounterItem item = handBack.renew(account, change, now);
            Counter after = counter(counter.terms(), item, counter.now());
            warnings.taken(account, after, own(account, after));
            return new Allowed(after.state(own(account, after), account.rest), Optional.empty(), false);
        }

        private @Nullable Decision publish(Counter counter, Change change, @Nullable Block block, long units) {
            tally.blocks.increment();
            account.target = Math.min(settings.leaseUnits(), Math.max(1, account.target) * 2);
            long carried = block == null ? 0 : block.close();
            CounterItem after = account.known == null ? change.after() : account.known;
            long together = units + carried;
            boolean enough = together >= request.units(); // others may have used up what was there
            long left = enough ? together - request.units() : together;
            Block next = new Block(counter, after, units, left, leased(counter));
            next.warnOf(account);
            account.block = next;
            account.refused = null;
            return enough ? allowed(account, next, left, request) : null;
        }

        /** Who waited while a write failed that was made for all who waited, does not try the same again. */
        private void shareFailure() {
            RuntimeException failure = account.failure;
            if (failure == null || account.failedRound <= arrived || learned) {
                return;
            }
            if (failure instanceof StoreException.OutcomeUnknown) {
                throw new StoreException.OutcomeUnknown("The outcome of the write for this call is not known.", failure);
            }
            throw new StoreException.Unavailable("The store could not answer.", failure);
        }
    }
}

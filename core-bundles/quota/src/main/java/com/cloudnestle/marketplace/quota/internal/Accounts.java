package com.cloudnestle.marketplace.quota.internal;

import com.cloudnestle.marketplace.quota.Subject;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.WriteWatcher;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** The accounts in memory. Hears of every write to a counter, so that none relies on what somebody else has changed. */
final class Accounts implements WriteWatcher {

    private final ConcurrentMap<CounterKey, Account> accounts = new ConcurrentHashMap<>();
    private final long firstTarget;

    Accounts(long firstTarget) {
        this.firstTarget = firstTarget;
    }

    @Nullable Account find(String subject, String solution, String action) {
        return accounts.get(new CounterKey(subject, solution, action));
    }

    /** @param subject of a request whose terms were found, so that strangers take no memory */
    Account of(Subject subject, String solution, String action) {
        return accounts.computeIfAbsent(
                new CounterKey(subject.key(), solution, action), key -> new Account(key, subject, firstTarget));
    }

    Collection<Account> all() {
        return accounts.values();
    }

    int size() {
        return accounts.size();
    }

    /** Needs the account's lock, and nothing of value in the account. */
    void evict(Account account) {
        account.evicted = true;
        accounts.remove(account.id, account);
    }

    long liveBlocks() {
        return accounts.values().stream().filter(Accounts::live).count();
    }

    private static boolean live(Account account) {
        Block block = account.block;
        return block != null && block.left() > 0;
    }

    @Override
    public void written(Key key) {
        CounterKey counter = CounterKey.of(key);
        Account account = counter == null ? null : accounts.get(counter);
        // who writes on behalf of an account holds its lock
        if (account != null && !account.lock.isHeldByCurrentThread()) {
            account.doubt(Account.DOUBTFUL);
        }
    }

    @Override
    public void everything() {
        accounts.values().forEach(account -> account.doubt(Account.VOID));
    }
}

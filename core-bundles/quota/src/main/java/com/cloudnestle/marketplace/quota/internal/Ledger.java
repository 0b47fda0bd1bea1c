package com.cloudnestle.marketplace.quota.internal;

import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.StoreException;
import com.cloudnestle.marketplace.store.TransactResult;
import com.cloudnestle.marketplace.store.Write;
import com.cloudnestle.marketplace.store.WriteResult;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Reads and writes counters on behalf of accounts whose lock the caller holds, and finds out what a lost answer said. */
final class Ledger {

    /** How often a request is sent whose answer was lost. */
    private static final int SENDINGS = 3;

    private final Store store;
    private final Tally tally;
    private final String node;
    private final AtomicLong lastSequence = new AtomicLong();

    /** @param node under which this process leaves the numbers of its writes */
    Ledger(Store store, Tally tally, String node) {
        this.store = store;
        this.tally = tally;
        this.node = node;
    }

    /** How a change ended. */
    enum Outcome {
        APPLIED,
        /** The counter is not as it was seen; what it is now is known. */
        OVERTAKEN,
        /** The counter may be as seen, but another write of the transaction cannot be applied. */
        COMPANION_REFUSED
    }

    boolean shared() {
        return store.shared();
    }

    /** Higher than every number before, also after a step back of the clock. */
    long nextSequence(long now) {
        return lastSequence.updateAndGet(last -> Math.max(last + 1, now));
    }

    /** What the store holds now. */
    CounterItem read(Account account, long now) {
        CounterItem item = CounterItem.of(store.get(account.key));
        learn(account, item, now);
        return item;
    }

    /** What the store holds, from memory if nobody can have changed it unnoticed. */
    CounterItem known(Account account, long now) {
        CounterItem known = account.known;
        return known != null ? known : read(account, now);
    }

    /**
     * Applies the change. A lost answer is looked up by its number and the request sent again if it is not there: its
     * conditions let it apply once at most.
     *
     * @throws StoreException.OutcomeUnknown if that did not help either; nothing is known of the counter then
     */
    Outcome apply(Account account, Change change, long now) {
        StoreException.OutcomeUnknown unknown = null;
        for (int sending = 0; sending < SENDINGS; sending++) {
            try {
                Outcome outcome = send(account, change, now);
                if (outcome != Outcome.APPLIED && unknown != null) {
                    account.strayed(change.sequence(), 0); // an earlier sending may still arrive
                }
                return outcome;
            } catch (StoreException.OutcomeUnknown e) {
                unknown = e;
                account.known = null;
                if (arrived(account, change, now)) {
                    return Outcome.APPLIED;
                }
            } catch (StoreException.Unavailable e) {
                account.known = null;
                if (unknown == null) {
                    throw e;
                }
            }
        }
        account.known = null;
        throw java.util.Objects.requireNonNull(unknown);
    }

    private boolean arrived(Account account, Change change, long now) {
        try {
            boolean arrived = read(account, now).sequence(node) == change.sequence();
            if (arrived) {
                account.sequence = change.sequence();
            }
            return arrived;
        } catch (StoreException.Unavailable e) {
            return false;
        }
    }

    private Outcome send(Account account, Change change, long now) {
        tally.writes.increment();
        if (change.writes().size() == 1) {
            WriteResult result = store.write(change.writes().get(0));
            learn(account, CounterItem.of(result.item()), now);
            return ended(account, change, result.applied());
        }
        TransactResult result = store.transact(change.writes());
        if (result.applied()) {
            learn(account, change.exact() ? change.after() : null, now);
            account.sequence = change.sequence();
            return Outcome.APPLIED;
        }
        TransactResult.Failure own = result.failure(0).orElse(null);
        if (own == null) {
            account.known = null;
            return Outcome.COMPANION_REFUSED;
        }
        learn(account, CounterItem.of(own.item()), now);
        return ended(account, change, false);
    }

    private void learn(Account account, @Nullable CounterItem item, long now) {
        account.known = item;
        account.knownAt = now;
        if (item != null && account.stray != CounterItem.ABSENT && item.sequence(node) == account.stray) {
            tally.lost(account, account.strayUnits, Tally.Loss.CAME_LATE);
            account.strayed(CounterItem.ABSENT, 0);
        }
    }

    private Outcome ended(Account account, Change change, boolean applied) {
        CounterItem known = account.known;
        if (applied || known != null && known.sequence(node) == change.sequence()) {
            account.sequence = change.sequence();
            return Outcome.APPLIED;
        }
        return Outcome.OVERTAKEN;
    }

    Store store() {
        return store;
    }

    /** A write of something else than a counter. */
    WriteResult write(Write write) {
        return store.write(write);
    }
}

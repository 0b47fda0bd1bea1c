package com.cloudnestle.marketplace.quota.internal;

import com.cloudnestle.marketplace.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way of units back into the store. All methods but those of a receipt need the account's lock. */
final class HandBack {

    private static final Logger LOG = LoggerFactory.getLogger(HandBack.class);

    private static final int ATTEMPTS = 50;

    private final Ledger ledger;
    private final CounterWrites writes;
    private final Tally tally;

    HandBack(Ledger ledger, CounterWrites writes, Tally tally) {
        this.ledger = ledger;
        this.writes = writes;
        this.tally = tally;
    }

    CounterWrites writes() {
        return writes;
    }

    /** Closes the block; what nobody took becomes the account's rest. */
    void retire(Account account, long now) {
        Block block = account.block;
        if (block == null) {
            return;
        }
        account.block = null;
        account.refused = null;
        long units = block.close();
        if (units == 0) {
            return;
        }
        if (now >= block.worthlessAt) {
            tally.lost(account, units, Tally.Loss.WINDOW_ENDED);
        }
        if (account.rest != null) {
            settle(account, now);
        }
        account.rest = new Rest(block.origin, units);
    }

    /**
     * Takes the account's rest out of the store's count.
     *
     * @throws StoreException if the store did not; the rest stays then, unless nobody can know what became of it
     */
    void settle(Account account, long now) {
        Rest rest = account.rest;
        if (rest == null) {
            return;
        }
        ledger.known(account, now);
        forgetForeign(account, ledger.known(account, now));
        if (account.rest == null) {
            return;
        }
        try {
            if (credit(account, rest.origin(), rest.units(), now)) {
                tally.handedBack.add(rest.units());
            }
            account.rest = null;
            account.refused = null;
        } catch (StoreException.OutcomeUnknown e) {
            account.rest = null;
            tally.lost(account, rest.units(), Tally.Loss.UNKNOWN_OUTCOME);
            throw e;
        }
    }

    /**
     * Takes units out of the counts they are still in.
     *
     * @return whether they were in any
     */
    boolean credit(Account account, Origin origin, long units, long now) {
        boolean withJournal = true;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            CounterItem item = itemWith(account, origin, units, now);
            Change change = writes.credit(account, item, origin, units, ledger.nextSequence(now), withJournal);
            if (change == null) {
                return false;
            }
            boolean unmarked = item.sequence(writes.node()) == CounterItem.ABSENT;
            if (unmarked) {
                change = writes.mark(account, item, ledger.nextSequence(now));
            }
            Ledger.Outcome outcome = ledger.apply(account, change, now);
            if (outcome == Ledger.Outcome.APPLIED && !unmarked) {
                account.refused = null;
                renew(account, change, now);
                return true;
            }
            withJournal &= outcome != Ledger.Outcome.COMPANION_REFUSED;
        }
        LOG.warn("event=units_not_given_back reason=lost_races units={} solution={} action={}",
                units, account.id.solution, account.id.action);
        return false;
    }

    /**
     * The counter that units are to be taken out of. If they are not in it as far as this node knows, it looks again: others
     * may have counted them since.
     */
    CounterItem itemWith(Account account, Origin origin, long units, long now) {
        CounterItem known = ledger.known(account, now);
        return ledger.shared() && !origin.wholly(known, units) ? ledger.read(account, now) : known;
    }

    /**
     * Lets the block at hand know of a change beside it.
     *
     * @return the item after the change, or what it is without others' changes if the store cannot be asked
     */
    CounterItem renew(Account account, Change change, long now) {
        CounterItem item;
        try {
            item = ledger.known(account, now);
        } catch (StoreException e) {
            item = change.after(); // the change itself was applied
        }
        Block block = account.block;
        if (block != null) {
            Block renewed = block.renewed(item);
            renewed.warnOf(account);
            account.block = renewed;
        }
        return item;
    }

    /** Sets the counter to 0 under a new era. What this node has counted ahead of the old one is worth nothing any more. */
    void reset(Account account, long now) {
        clearDoubt(account, now);
        retire(account, now);
        account.refused = null;
        ledger.read(account, now);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            CounterItem item = ledger.known(account, now);
            if (!item.there) {
                return;
            }
            Change change = writes.reset(account, item, account.rest, ledger.nextSequence(now));
            if (ledger.apply(account, change, now) == Ledger.Outcome.APPLIED) {
                account.rest = null;
                return;
            }
        }
        throw new StoreException.Unavailable("Too many calls at once for one counter; try again.");
    }

    /** Looks again if somebody else wrote to the counter. */
    void clearDoubt(Account account, long now) {
        int doubt = account.doubt.getAndSet(0);
        if (doubt == 0) {
            return;
        }
        account.refused = null;
        account.known = null;
        if (doubt == Account.VOID) {
            drop(account);
            return;
        }
        Block block = account.block;
        CounterItem item;
        try {
            item = ledger.read(account, now);
        } catch (RuntimeException e) {
            account.doubt(doubt);
            throw e;
        }
        if (block != null && !ours(account, item, block.origin)) {
            drop(account);
        }
        forgetForeign(account, item);
    }

    /** Gives up all that is known of a counter that is about to be deleted: nobody misses its units. */
    void forget(Account account) {
        Block block = account.block;
        account.block = null;
        account.refused = null;
        account.rest = null;
        account.known = null;
        if (block != null) {
            block.close();
        }
    }

    /** Gives up units of a state of the data that is no more. */
    private void drop(Account account) {
        Block block = account.block;
        account.block = null;
        long units = block == null ? 0 : block.close();
        Rest rest = account.rest;
        account.rest = null;
        tally.lost(account, units + (rest == null ? 0 : rest.units()), Tally.Loss.DATA_REPLACED);
    }

    /** Drops a rest that the item does not contain, as after an import of older data. */
    void forgetForeign(Account account, CounterItem item) {
        Rest rest = account.rest;
        if (rest != null && !ours(account, item, rest.origin())) {
            account.rest = null;
            tally.lost(account, rest.units(), Tally.Loss.DATA_REPLACED);
        }
    }

    /**
     * Whether the item is one that this node's last write went into: it bears the write's number, or has lost it in the
     * only regular way, because another node opened a new window, day or era.
     */
    private boolean ours(Account account, CounterItem item, Origin origin) {
        if (!item.there) {
            return false;
        }
        if (account.sequence != CounterItem.ABSENT && item.sequence(writes.node()) == account.sequence) {
            return true;
        }
        if (item.sequence(writes.node()) != CounterItem.ABSENT) {
            return false;
        }
        if (item.era != origin.era || item.day > origin.day) {
            return true;
        }
        for (int i = 0; i < origin.windows.length; i++) {
            if (item.start(origin.windows[i]) > origin.starts[i]) {
                return true;
            }
        }
        return false;
    }
}

package com.cloudnestle.marketplace.quota.internal;
import com.cloudnestle.marketplace.catalog.Limit;
import com.cloudnestle.marketplace.quota.QuotaState;
import com.cloudnestle.marketplace.quota.QuotaState.WindowState;
import com.cloudnestle.marketplace.quota.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Units that the store has counted and this node may hand out, without asking again and without a lock, until a window ends.
 * Once closed it gives nothing and takes nothing.
 */
final class Block {

    private static final long CLOSED = -1;

    final Rules rules;
    final Origin origin;
    /** Units taken with the write that made this block, those of its predecessor not included. */
    final long size;
    /** Epoch millis from which on it must not be used. */
    final long deadAt;
    /** Epoch millis from which on the units nobody took are of no use to anybody; {@link Long#MAX_VALUE}: never. */
    final long worthlessAt;
    /** Whether units may be counted ahead under these rules. */
    final boolean leased;

    private final String solution;
    private final String action;
    private final String[] windows;
    private final long[] limits;
    private final long[] stored;
    private final List<Optional<Instant>> resets;
    private final Optional<Instant> validUntil;
    private final AtomicLong left;

    /** When so many units are left, or fewer, the customer is to be warned; -1: not. Late by a few decisions does no harm. */
    long warnLeft = -1;

    /**
     * @param counter what it was taken from
     * @param after the item with this block's units in it
     * @param units units to hand out, those of the predecessor included
     */
    Block(Counter counter, CounterItem after, long size, long units, boolean leased) {
        this.rules = counter.terms().rules();
        this.origin = counter.origin();
        this.size = size;
        this.deadAt = counter.deadAt();
        this.worthlessAt = counter.limitedUntil();
        this.leased = leased;
        this.solution = counter.terms().entry().id();
        this.action = counter.terms().action();
        this.windows = origin.windows;
        this.limits = rules.limits().stream().mapToLong(Limit::amount).toArray();
        this.stored = new long[windows.length];
        for (int i = 0; i < windows.length; i++) {
            stored[i] = after.used(windows[i]);
        }
        this.resets = counter.resets();
        this.validUntil = counter.validUntil();
        this.left = new AtomicLong(units);
    }

    /** Units left after taking some; -1 if there are too few. */
    long take(long units) {
        while (true) {
            long present = left.get();
            if (present < units) {
                return -1;
            }
            if (left.compareAndSet(present, present - units)) {
                return present - units;
            }
        }
    }

    /** Puts units back that were taken from this block or one of equal origin; false if it is closed. */
    boolean put(long units) {
        while (true) {
            long present = left.get();
            if (present == CLOSED) {
                return false;
            }
            if (left.compareAndSet(present, present + units)) {
                return true;
            }
        }
    }

    /** Units nobody has taken; 0 once closed. */
    long left() {
        return Math.max(0, left.get());
    }

    /** Ends the block; the units nobody has taken belong to the caller. */
    long close() {
        return Math.max(0, left.getAndSet(CLOSED));
    }

    private Block(Block former, CounterItem after, long units) {
        this.rules = former.rules;
        this.origin = former.origin;
        this.size = former.size;
        this.deadAt = former.deadAt;
        this.worthlessAt = former.worthlessAt;
        this.leased = former.leased;
        this.solution = former.solution;
        this.action = former.action;
        this.windows = former.windows;
        this.limits = former.limits;
        this.stored = former.stored.clone();
        for (int i = 0; i < windows.length; i++) {
            if (origin.countedIn(after, windows[i])) {
                stored[i] = after.used(windows[i]);
            }
        }
        this.resets = former.resets;
        this.validUntil = former.validUntil;
        this.left = new AtomicLong(units);
    }

    /** Closes this block for one that has the same units and knows of the store's present count. */
    Block renewed(CounterItem after) {
        return new Block(this, after, close());
    }

    /** Finds out when the customer is to be warned next. */
    void warnOf(Account account) {
        long at = -1;
        if (account.subject instanceof Subject.User) {
            for (int i = 0; i < windows.length; i++) {
                long threshold = Warnings.threshold(limits[i]);
                if (threshold >= 0 && stored[i] - threshold > at && !account.warned.contains(place(i))) {
                    at = stored[i] - threshold;
                }
            }
        }
        warnLeft = at;
    }

    Warnings.Place place(int i) {
        return new Warnings.Place(windows[i], origin.starts[i], limits[i]);
    }

    /** Whether others may need units that lie here unused. */
    boolean limited() {
        return rules.smallestLimit() != Long.MAX_VALUE;
    }

    /** Where the subject stands when so many units of this block are left. */
    QuotaState state(long unitsLeft) {
        List<WindowState> states;
        if (windows.length == 1) {
            states = List.of(window(0, unitsLeft));
        } else if (windows.length == 2) {
            states = List.of(window(0, unitsLeft), window(1, unitsLeft));
        } else {
            WindowState[] all = new WindowState[windows.length];
            for (int i = 0; i < all.length; i++) {
                all[i] = window(i, unitsLeft);
            }
            states = List.of(all);
        }
        return new QuotaState(solution, action, rules.tier(), states, validUntil);
    }

    private WindowState window(int i, long unitsLeft) {
        return new WindowState(windows[i], limits[i], stored[i] - unitsLeft, resets.get(i));
    }
}

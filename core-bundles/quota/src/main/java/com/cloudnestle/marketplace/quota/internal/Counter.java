package com.cloudnestle.marketplace.quota.internal;

import com.cloudnestle.marketplace.catalog.Limit;
import com.cloudnestle.marketplace.quota.Decision.Denied;
import com.cloudnestle.marketplace.quota.QuotaState;
import com.cloudnestle.marketplace.quota.QuotaState.WindowState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The counters of one subject for one action, as last seen, under the terms in force. Windows, {@code since} and the day only
 * ever move forward: a clock that goes back keeps counting in the newest seen, so it can never open an old one again.
 */
final class Counter {

    private static final long DAY_MILLIS = 86_400_000L;

    private final Terms terms;
    private final CounterItem item;
    private final Instant now;
    private final Instant anchor;
    private final boolean reset;
    private final long era;
    private final List<Slot> slots;

    /** @param item as stored, also an expired one; counters of an expired item count as 0 */
    Counter(Terms terms, CounterItem item, Instant now, ResetRule rule) {
        this.terms = terms;
        this.item = item;
        this.now = now;
        this.anchor = anchor();
        this.reset = !item.there || item.expiredAt(now.getEpochSecond()) || belongsToOtherTerms(rule);
        this.era = reset || item.era == CounterItem.ABSENT ? newEra() : item.era;
        List<Slot> all = new ArrayList<>(terms.rules().limits().size());
        for (Limit limit : terms.rules().limits()) {
            all.add(slot(limit));
        }
        this.slots = all;
    }

    static long newEra() {
        return ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
    }

    private Instant anchor() {
        Instant since = terms.rules().since();
        if (since != null) {
            return since;
        }
        boolean seen = item.there && !item.expiredAt(now.getEpochSecond()) && item.since != CounterItem.ABSENT;
        return seen ? Instant.ofEpochMilli(item.since) : now;
    }

    private boolean belongsToOtherTerms(ResetRule rule) {
        return item.since < anchor.toEpochMilli() && rule.resets(item.tier, terms.tier());
    }

    private Slot slot(Limit limit) {
        String name = limit.window().name();
        long start = limit.window().start(now, anchor).toEpochMilli();
        long storedStart = item.start(name);
        boolean current = !reset && storedStart != CounterItem.ABSENT && storedStart >= start && item.hasUsed(name);
        long counted = current ? storedStart : start;
        // the window being counted in, which after a step back of the clock is not the window of "now"
        Optional<Instant> end = limit.window().end(Instant.ofEpochMilli(counted), anchor);
        return new Slot(limit, name, counted, current ? item.used(name) : 0, storedStart, current, end);
    }

    /**
     * Whether somebody counted under terms newer than these. Counting on under the old ones would set the counters back, so
     * the caller must look the terms up again.
     */
    boolean belongsToNewerTerms() {
        return item.there
                && !item.expiredAt(now.getEpochSecond())
                && item.since > anchor.toEpochMilli();
    }

    Terms terms() {
        return terms;
    }

    CounterItem item() {
        return item;
    }

    Instant now() {
        return now;
    }

    /** Whether counting begins anew. */
    boolean reset() {
        return reset;
    }

    long era() {
        return era;
    }

    List<Slot> slots() {
        return slots;
    }

    /** Epoch millis that the item's {@code since} is to have. */
    long since() {
        return Math.max(anchor.toEpochMilli(), reset ? Long.MIN_VALUE : item.since);
    }

    /** The UTC day that units taken now count on. */
    long day() {
        return Math.max(now.getEpochSecond() / 86_400, item.day);
    }

    Origin origin() {
        String[] names = new String[slots.size()];
        long[] starts = new long[slots.size()];
        for (int i = 0; i < names.length; i++) {
            names[i] = slots.get(i).name();
            starts[i] = slots.get(i).start();
        }
        return new Origin(era, names, starts, day());
    }

    List<Optional<Instant>> resets() {
        return slots.stream().map(Slot::end).toList();
    }

    Optional<Instant> validUntil() {
        return terms.rules().validUntil(anchor);
    }

    /** Epoch millis of the first end: of a window, of the UTC day, of the tier's validity. */
    long deadAt() {
        long first = (day() + 1) * DAY_MILLIS;
        for (Slot slot : slots) {
            if (slot.end.isPresent()) {
                first = Math.min(first, slot.end.get().toEpochMilli());
            }
        }
        Optional<Instant> validUntil = validUntil();
        return validUntil.isPresent() ? Math.min(first, validUntil.get().toEpochMilli()) : first;
    }

    /** Epoch millis of the first end of a window that has a limit; {@link Long#MAX_VALUE} if none ends. */
    long limitedUntil() {
        long first = Long.MAX_VALUE;
        for (Slot slot : slots) {
            if (slot.end.isPresent() && !slot.limit.unlimited()) {
                first = Math.min(first, slot.end.get().toEpochMilli());
            }
        }
        return first;
    }

    /** Units of a rest that this slot's number contains. */
    long contained(Slot slot, @Nullable Rest rest) {
        return rest != null && slot.current && !reset && rest.origin().countedIn(item, slot.name) ? rest.units() : 0;
    }

    /** Units left to take, a rest being credited; {@link Long#MAX_VALUE} without a limit. */
    long remaining(@Nullable Rest rest) {
        long least = Long.MAX_VALUE;
        for (Slot slot : slots) {
            if (!slot.limit.unlimited()) {
                least = Math.min(least, slot.limit.amount() - slot.used + contained(slot, rest));
            }
        }
        return least;
    }

    /**
     * Why {@code units} cannot be taken; null if they can.
     *
     * @param own units of the present windows that this node has counted and not handed out
     * @param rest the same for a block that was closed
     */
    @Nullable Denied refusal(long units, long own, @Nullable Rest rest) {
        if (slots.isEmpty()) {
            return Refusals.notIncluded(terms, state(own, rest));
        }
        Optional<Instant> validUntil = validUntil();
        if (validUntil.isPresent() && !now.isBefore(validUntil.get())) {
            return Refusals.validityEnded(terms, state(own, rest));
        }
        for (Slot slot : slots) {
            if (!slot.limit.unlimited() && slot.used - own - contained(slot, rest) > slot.limit.amount() - units) {
                return Refusals.limit(terms, state(own, rest), slot.limit);
            }
        }
        return null;
    }

    /** Where the subject stands; parameters as of {@link #refusal}. */
    QuotaState state(long own, @Nullable Rest rest) {
        List<WindowState> windows = new ArrayList<>(slots.size());
        for (Slot slot : slots) {
            long used = slot.used - (slot.current ? own : 0) - contained(slot, rest);
            windows.add(new WindowState(slot.name, slot.limit.amount(), Math.max(0, used), slot.end));
        }
        return new QuotaState(terms.entry().id(), terms.action(), terms.tier(), windows, validUntil());
    }

    /**
     * One limit with its counter.
     *
     * @param start of the window being counted in, epoch millis
     * @param storedStart as stored, or {@link CounterItem#ABSENT}
     * @param current whether the stored window is the one being counted in
     */
    record Slot(
            Limit limit, String name, long start, long used, long storedStart, boolean current, Optional<Instant> end) {}
}

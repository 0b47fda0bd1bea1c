package com.cloudnestle.marketplace.quota.internal;

import com.cloudnestle.marketplace.catalog.Limit;
import com.cloudnestle.marketplace.quota.QuotaState;
import com.cloudnestle.marketplace.quota.QuotaState.WindowState;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Update;
import com.cloudnestle.marketplace.store.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The counters of one subject for one action, as read from their item, seen under the terms in force.
 *
 * <p>Attributes of the item: {@code since} (epoch millis of the entitlement the counters belong to), {@code tier}, {@code era} (a
 * random number that is new whenever counting begins anew, so that units taken before cannot be given back to it), and per window
 * {@code w:<name>} (its start, epoch millis) and {@code u:<name>} (units used in it). Windows and {@code since} only ever
 * move forward: a clock that goes back keeps counting in the newest window seen, so it can never open an old one again.
 */
final class Counter {

    static final String SINCE = "since";
    static final String TIER = "tier";
    static final String ERA = "era";

    private final Key key;
    private final Terms terms;
    private final Instant now;
    private final Optional<Item> item;
    private final boolean reset;
    private final long era;
    private final List<Slot> slots = new ArrayList<>();

    /** @param item the stored item, also an expired one; counters of an expired item count as 0 */
    Counter(Terms terms, Optional<Item> item, Instant now, ResetRule rule) {
        this.key = key(terms.subject().key(), terms.entry().id(), terms.action());
        this.now = now;
        this.item = item;
        this.terms = terms.since().isPresent() ? terms : terms.anchoredAt(firstSeen(item, now));
        this.reset = item.isEmpty()
                || item.get().expiredAt(now.getEpochSecond())
                || belongsToOtherTerms(item.get(), rule);
        this.era = reset ? ThreadLocalRandom.current().nextLong() : item.get().number(ERA, 0);
        for (Limit limit : terms.limits()) {
            slots.add(slot(limit));
        }
    }

    static Key key(String subjectKey, String solutionId, String action) {
        return new Key(Table.USAGE, "quota#" + subjectKey + "#" + solutionId, "meter#" + action);
    }

    private static Instant firstSeen(Optional<Item> item, Instant now) {
        return item.filter(i -> !i.expiredAt(now.getEpochSecond()))
                .map(i -> Instant.ofEpochMilli(i.number(SINCE, now.toEpochMilli())))
                .orElse(now);
    }

    private boolean belongsToOtherTerms(Item stored, ResetRule rule) {
        return stored.number(SINCE, -1) < anchorMillis()
                && rule.resets(stored.string(TIER).orElse(""), terms.tier());
    }

    private Slot slot(Limit limit) {
        long start = limit.window().start(now, anchor()).toEpochMilli();
        OptionalLong storedStart = item.map(i -> i.number("w:" + limit.window().name())).orElse(OptionalLong.empty());
        if (reset || storedStart.isEmpty() || storedStart.getAsLong() < start) {
            return new Slot(limit, start, 0, storedStart, false);
        }
        long used = item.map(i -> i.number("u:" + limit.window().name(), 0)).orElse(0L);
        return new Slot(limit, storedStart.getAsLong(), used, storedStart, true);
    }

    private Instant anchor() {
        return terms.anchor(now);
    }

    private long anchorMillis() {
        return anchor().toEpochMilli();
    }

    /**
     * Whether somebody counted under terms newer than these. Counting on under the old ones would set the counters back, so
     * the caller must look the terms up again.
     */
    boolean belongsToNewerTerms() {
        return item.filter(i -> !i.expiredAt(now.getEpochSecond()) && i.number(SINCE, -1) > anchorMillis())
                .isPresent();
    }

    long era() {
        return era;
    }

    /** The terms, with the anchor that a visitor's first use gave them. */
    Terms terms() {
        return terms;
    }

    /** The first limit that has no room for {@code units}. */
    Optional<Limit> exceededBy(long units) {
        return slots.stream()
                .filter(slot -> !slot.limit.unlimited() && slot.used > slot.limit.amount() - units)
                .map(slot -> slot.limit)
                .findFirst();
    }

    /** Start of each window the units are taken in, by name. */
    Map<String, Long> windows() {
        Map<String, Long> starts = new LinkedHashMap<>();
        slots.forEach(slot -> starts.put(slot.name(), slot.start));
        return starts;
    }

    /**
     * The write that takes the units, which applies only if the counters are still as seen here or have moved within
     * the same windows with room left. So parallel calls in a running window do not disturb one another.
     *
     * @param ttl epoch seconds after which the counters may be forgotten
     */
    Write take(long units, OptionalLong ttl) {
        Update.Builder update = Update.builder()
                .set(SINCE, Math.max(anchorMillis(), reset ? 0 : item.get().number(SINCE, 0)))
                .set(TIER, terms.tier())
                .set(ERA, era);
        List<Condition> conditions = new ArrayList<>();
        conditions.add(item.isEmpty() ? Condition.itemAbsent() : sameAs(item.get(), SINCE));
        item.ifPresent(stored -> conditions.add(sameAs(stored, ERA)));
        if (reset && item.isPresent()) {
            conditions.add(sameAs(item.get(), Item.TTL));
        }
        for (Slot slot : slots) {
            slot.addTo(update, conditions, units);
        }
        ttl.ifPresent(second -> update.set(Item.TTL, second));
        return new Write.Change(key, update.build(), new Condition.And(conditions));
    }

    private static Condition sameAs(Item stored, String attribute) {
        OptionalLong value = stored.number(attribute);
        return value.isPresent() ? Condition.equal(attribute, value.getAsLong()) : Condition.absent(attribute);
    }

    /** Where the subject stands after taking {@code units} more. */
    QuotaState stateAfter(long units) {
        List<WindowState> windows = slots.stream()
                .map(slot -> new WindowState(slot.name(), slot.limit.amount(), slot.used + units, slot.resetsAt(anchor())))
                .toList();
        return new QuotaState(
                terms.entry().id(), terms.action(), terms.tier(), windows, terms.validUntil(now));
    }

    /** One limit with its counter. {@code current}: the stored window is the one to count in. */
    private record Slot(Limit limit, long start, long used, OptionalLong storedStart, boolean current) {

        String name() {
            return limit.window().name();
        }

        /** End of the window being counted in, which after a step back of the clock is not the window of "now". */
        Optional<Instant> resetsAt(Instant anchor) {
            return limit.window().end(Instant.ofEpochMilli(start), anchor);
        }

        void addTo(Update.Builder update, List<Condition> conditions, long units) {
            String w = "w:" + name();
            String u = "u:" + name();
            conditions.add(storedStart.isPresent()
                    ? Condition.equal(w, storedStart.getAsLong())
                    : Condition.absent(w));
            if (current) {
                update.add(u, units);
                if (!limit.unlimited()) {
                    conditions.add(Condition.atMost(u, limit.amount() - units));
                }
            } else {
                update.set(w, start).set(u, units);
            }
        }
    }
}

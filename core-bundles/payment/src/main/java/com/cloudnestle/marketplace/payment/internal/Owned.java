package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which payments give a customer a tier of a solution, as it lies in the store: one, and perhaps another for the term after it. When
 * the first ends the second gives it, without anybody writing anything.
 */
record Owned(Item item) {

    private static final String PAYMENT = "payment";
    private static final String TIER = "tier";
    private static final String UNTIL = "until";
    private static final String NEXT = "next";
    private static final String NEXT_UNTIL = "nextUntil";
    /** Whether it ends because a term does, and not because the tier is valid for some days only. */
    private static final String TERM = "term";

    /** @param until the first moment that is not paid for; empty: it does not end */
    record Part(String payment, Optional<Instant> until) {

        boolean lasts(Instant now) {
            return until.filter(end -> !end.isAfter(now)).isEmpty();
        }
    }

    static Owned by(Key key, String tier, Part part, boolean term) {
        Map<String, Object> attributes = new HashMap<>(Map.of(PAYMENT, part.payment(), TIER, tier));
        part.until().ifPresent(until -> attributes.put(UNTIL, until.toEpochMilli()));
        if (term) {
            attributes.put(TERM, 1L);
        }
        return new Owned(new Item(key, attributes));
    }

    Owned then(Part next) {
        Map<String, Object> attributes = new HashMap<>(item.attributes());
        attributes.put(NEXT, next.payment());
        attributes.put(NEXT_UNTIL, next.until().orElseThrow().toEpochMilli());
        return new Owned(new Item(item.key(), attributes));
    }

    Owned withoutNext() {
        Map<String, Object> attributes = new HashMap<>(item.attributes());
        attributes.remove(NEXT);
        attributes.remove(NEXT_UNTIL);
        return new Owned(new Item(item.key(), attributes));
    }

    String tier() {
        return item.string(TIER).orElseThrow();
    }

    boolean byTerm() {
        return item.number(TERM, 0) == 1;
    }

    Part first() {
        return new Part(item.string(PAYMENT).orElseThrow(), moment(UNTIL));
    }

    Optional<Part> next() {
        return item.string(NEXT).map(payment -> new Part(payment, moment(NEXT_UNTIL)));
    }

    /** The payment that gives the tier at this moment. */
    Optional<Part> running(Instant now) {
        return Optional.of(first()).filter(part -> part.lasts(now)).or(() -> next().filter(part -> part.lasts(now)));
    }

    /** The payment that gives it afterwards. */
    Optional<Part> ahead(Instant now) {
        return first().lasts(now) ? next() : Optional.empty();
    }

    boolean concerns(String payment) {
        return first().payment().equals(payment) || next().filter(part -> part.payment().equals(payment)).isPresent();
    }

    /** Holds while it is by the same payments. */
    Condition unchanged() {
        Condition sameNext = next().map(part -> Condition.equal(NEXT, part.payment())).orElse(Condition.absent(NEXT));
        return Condition.all(Condition.equal(PAYMENT, first().payment()), sameNext);
    }

    /** The same where there may be nothing yet. */
    static Condition unchanged(Optional<Owned> seen) {
        return seen.map(Owned::unchanged).orElse(Condition.itemAbsent());
    }

    private Optional<Instant> moment(String attribute) {
        OptionalLong millis = item.number(attribute);
        return millis.isPresent() ? Optional.of(Instant.ofEpochMilli(millis.getAsLong())) : Optional.empty();
    }
}

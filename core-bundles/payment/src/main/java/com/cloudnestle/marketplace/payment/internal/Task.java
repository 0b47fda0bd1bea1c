package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Table;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Something that is to be done, written in the transaction that gave rise to it. Its moment is part of its key: who takes it moves it
 * on, so that nobody else takes it meanwhile and it comes again if he dies.
 *
 * @param ref what it is about
 * @param attempts how often it was taken up again; 0 while it belongs to who wrote it
 */
record Task(Kind kind, String ref, Instant due, long attempts, Map<String, String> facts) {

    /** Partitions, so that no single one takes all of them. */
    static final int SHARDS = 4;

    enum Kind {
        /** Ask the provider what became of a payment. */
        POLL,
        /** Make a refund, or ask what became of it. */
        REFUND,
        /** What follows from a payment outside of the payments. */
        EFFECT,
        /** Work on a notification that was taken in. */
        WEBHOOK,
        /** What was paid for ends at this moment, unless more was paid. */
        TERM_END,
        /** It ends some days after this moment. */
        TERM_REMINDER,
        /** The law no longer wants the buyer's name kept of a person who is gone. */
        BUYER_END
    }

    Task {
        facts = Map.copyOf(facts);
        due = Instant.ofEpochMilli(due.toEpochMilli());
    }

    static Task of(Kind kind, String ref, Instant due, Map<String, String> facts) {
        return new Task(kind, ref, due, 0, facts);
    }

    static String partition(int shard) {
        return "task#" + shard;
    }

    Key key() {
        return new Key(Table.PAYMENT_TRANSACTIONS, partition(Math.floorMod(ref.hashCode(), SHARDS)),
                moment(due.toEpochMilli()) + "#" + kind + "#" + ref);
    }

    /** Sorts as the moments do. Each notification needs it several times, so it is not left to a formatter. */
    static String moment(long epochMilli) {
        String digits = Long.toString(epochMilli);
        return "0".repeat(Math.max(0, 13 - digits.length())) + digits;
    }

    Item item() {
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("kind", kind.name());
        attributes.put("ref", ref);
        attributes.put("due", due.toEpochMilli());
        attributes.put("attempts", attempts);
        attributes.put("facts", Texts.join(facts));
        return new Item(key(), attributes);
    }

    /** Empty if the item is of another form: another version of this software may have written it. */
    static Optional<Task> of(Item item) {
        try {
            return Optional.of(new Task(Kind.valueOf(item.string("kind").orElseThrow()), item.string("ref").orElseThrow(),
                    Instant.ofEpochMilli(item.number("due").orElseThrow()), item.number("attempts").orElseThrow(),
                    Texts.map(item.string("facts").orElseThrow())));
        } catch (NoSuchElementException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    Task again(Instant at) {
        return new Task(kind, ref, at, attempts + 1, facts);
    }

    String fact(String name) {
        return facts.getOrDefault(name, "");
    }
}

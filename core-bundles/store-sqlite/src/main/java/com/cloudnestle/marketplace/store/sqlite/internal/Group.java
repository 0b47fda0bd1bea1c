package com.cloudnestle.marketplace.store.sqlite.internal;

import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.TransactResult;
import com.cloudnestle.marketplace.store.Update;
import com.cloudnestle.marketplace.store.Write;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes that become durable with one commit. Each is worked out in memory on the state its predecessors in the group
 * left behind; the database is written once at the end, one row for each key. So a write that fails half-way has
 * nothing to undo.
 */
final class Group {

    private final Rows rows;
    private final Map<Key, Optional<Item>> states = new HashMap<>();
    private final Set<Key> changed = new HashSet<>();

    Group(Rows rows) {
        this.rows = rows;
    }

    /**
     * What the writes came to. Nothing of it is durable yet.
     *
     * @param after the states after the writes, in their order; empty if refused
     * @param failures the conditions that failed; empty if applied
     */
    record Outcome(List<Optional<Item>> after, List<TransactResult.Failure> failures) {
        boolean applied() {
            return failures.isEmpty();
        }
    }

    /**
     * Applies all writes or none.
     *
     * @throws IllegalArgumentException if an update cannot be applied to the item; then none is
     */
    Outcome apply(List<Write> writes) throws SQLException {
        List<TransactResult.Failure> failures = new ArrayList<>();
        for (int i = 0; i < writes.size(); i++) {
            Optional<Item> before = state(writes.get(i).key());
            if (!Conditions.hold(writes.get(i).condition(), before)) {
                failures.add(new TransactResult.Failure(i, before));
            }
        }
        if (!failures.isEmpty()) {
            return new Outcome(List.of(), failures);
        }
        List<Optional<Item>> after = new ArrayList<>();
        for (Write write : writes) {
            after.add(after(write, state(write.key())));
        }
        for (int i = 0; i < writes.size(); i++) {
            if (!(writes.get(i) instanceof Write.Check)) {
                states.put(writes.get(i).key(), after.get(i));
                changed.add(writes.get(i).key());
            }
        }
        return new Outcome(after, List.of());
    }

    /** Hands the changes to the open transaction; returns whether there were any. */
    boolean flush() throws SQLException {
        for (Key key : changed) {
            Optional<Item> item = state(key);
            if (item.isPresent()) {
                rows.put(item.get());
            } else {
                rows.delete(key);
            }
        }
        return !changed.isEmpty();
    }

    private Optional<Item> state(Key key) throws SQLException {
        Optional<Item> known = states.get(key);
        if (known == null) {
            known = rows.find(key);
            states.put(key, known);
        }
        return known;
    }

    private static Optional<Item> after(Write write, Optional<Item> before) {
        if (write instanceof Write.Put put) {
            return Optional.of(put.item());
        }
        if (write instanceof Write.Change change) {
            return Optional.of(changed(change.key(), change.update(), before));
        }
        return write instanceof Write.Delete ? Optional.empty() : before;
    }

    private static Item changed(Key key, Update update, Optional<Item> before) {
        Map<String, Object> attributes = new HashMap<>(before.map(Item::attributes).orElse(Map.of()));
        attributes.putAll(update.set());
        attributes.keySet().removeAll(update.remove());
        for (Map.Entry<String, Long> addition : update.add().entrySet()) {
            Object old = attributes.getOrDefault(addition.getKey(), 0L);
            attributes.put(addition.getKey(), sum(addition.getKey(), old, addition.getValue()));
        }
        return new Item(key, attributes);
    }

    private static long sum(String attribute, Object old, long amount) {
        if (!(old instanceof Long number)) {
            throw new IllegalArgumentException("cannot add to attribute " + attribute + ", it holds no number");
        }
        long sum = number + amount;
        if (((number ^ sum) & (amount ^ sum)) < 0) {
            throw new IllegalArgumentException("adding " + amount + " to attribute " + attribute + " overflows");
        }
        return sum;
    }
}

package com.cloudnestle.marketplace.testing;

import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Update;
import com.cloudnestle.marketplace.store.Write;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Conditions and updates of {@link InMemoryStore}. Written apart from every real store on purpose: two readings of one
 * contract, held together by {@link StoreContract}.
 */
final class InMemoryRules {

    private InMemoryRules() {}

    static boolean holds(Condition condition, Optional<Item> item) {
        if (condition instanceof Condition.And and) {
            return and.all().stream().allMatch(part -> holds(part, item));
        }
        if (condition instanceof Condition.Or or) {
            return or.any().stream().anyMatch(part -> holds(part, item));
        }
        if (condition instanceof Condition.ItemExists) {
            return item.isPresent();
        }
        if (condition instanceof Condition.ItemAbsent) {
            return item.isEmpty();
        }
        Map<String, Object> attributes = item.map(Item::attributes).orElse(Map.of());
        if (condition instanceof Condition.Exists exists) {
            return attributes.containsKey(exists.attribute());
        }
        if (condition instanceof Condition.Absent absent) {
            return !attributes.containsKey(absent.attribute());
        }
        Condition.Compare compare = (Condition.Compare) condition;
        return compares(attributes.get(compare.attribute()), compare.operator(), compare.value());
    }

    private static boolean compares(@Nullable Object left, Condition.Operator operator, Object right) {
        if (left == null || left.getClass() != right.getClass()) {
            return false;
        }
        int order;
        if (left instanceof Long number) {
            order = number.compareTo((Long) right);
        } else {
            order = Arrays.compareUnsigned(bytes(left), bytes(right));
        }
        return switch (operator) {
            case EQ -> order == 0;
            case NE -> order != 0;
            case LT -> order < 0;
            case LE -> order <= 0;
            case GT -> order > 0;
            case GE -> order >= 0;
        };
    }

    private static byte[] bytes(Object value) {
        return value instanceof byte[] array ? array : ((String) value).getBytes(StandardCharsets.UTF_8);
    }

    /** What stands at the key once the write is applied. */
    static Optional<Item> after(Write write, Optional<Item> before) {
        if (write instanceof Write.Put put) {
            return Optional.of(put.item());
        }
        if (write instanceof Write.Delete) {
            return Optional.empty();
        }
        if (write instanceof Write.Change change) {
            return Optional.of(changed(change.key(), change.update(), before));
        }
        return before;
    }

    private static Item changed(Key key, Update update, Optional<Item> before) {
        Map<String, Object> attributes = new HashMap<>(before.map(Item::attributes).orElse(Map.of()));
        update.remove().forEach(attributes::remove);
        attributes.putAll(update.set());
        update.add().forEach((name, amount) -> attributes.merge(name, amount, (old, by) -> sum(name, old, by)));
        return new Item(key, attributes);
    }

    private static Object sum(String name, Object old, Object amount) {
        if (!(old instanceof Long number)) {
            throw new IllegalArgumentException("cannot add to attribute " + name + ", it is no number");
        }
        try {
            return Math.addExact(number, (Long) amount);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("adding " + amount + " to attribute " + name + " overflows", e);
        }
    }
}

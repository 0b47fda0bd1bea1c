package com.cloudnestle.marketplace.store.dynamodb.internal;

import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Update;
import com.cloudnestle.marketplace.store.Write;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells why DynamoDB refused an update that carried guards of ours beside the caller's condition: it hands back the item
 * it refused on, and on that both can be looked at again.
 */
final class LocalCheck {

    private LocalCheck() {}

    /**
     * Returns if it was the caller's condition that failed.
     *
     * @throws IllegalArgumentException if the condition held, so that the update itself is what cannot be
     */
    static void blame(Write.Change change, Optional<Item> before) {
        if (holds(change.condition(), before)) {
            apply(change, before);
        }
    }

    private static void apply(Write.Change change, Optional<Item> before) {
        Update update = change.update();
        Map<String, Object> after = new HashMap<>(before.map(Item::attributes).orElse(Map.of()));
        after.keySet().removeAll(update.remove());
        after.putAll(update.set());
        for (Map.Entry<String, Long> add : update.add().entrySet()) {
            Object old = after.getOrDefault(add.getKey(), 0L);
            if (!(old instanceof Long number)) {
                throw new IllegalArgumentException("attribute " + add.getKey() + " is no number, nothing can be added to it");
            }
            try {
                after.put(add.getKey(), Math.addExact(number, add.getValue()));
            } catch (ArithmeticException e) {
                throw new IllegalArgumentException(
                        "attribute " + add.getKey() + " would overflow by adding " + add.getValue(), e);
            }
        }
        new Item(change.key(), after);
    }

    private static boolean holds(Condition condition, Optional<Item> before) {
        Map<String, Object> attributes = before.map(Item::attributes).orElse(Map.of());
        if (condition instanceof Condition.Compare compare) {
            return holds(compare, attributes.get(compare.attribute()));
        } else if (condition instanceof Condition.Exists exists) {
            return attributes.containsKey(exists.attribute());
        } else if (condition instanceof Condition.Absent absent) {
            return !attributes.containsKey(absent.attribute());
        } else if (condition instanceof Condition.And and) {
            return and.all().stream().allMatch(part -> holds(part, before));
        } else if (condition instanceof Condition.Or or) {
            return or.any().stream().anyMatch(part -> holds(part, before));
        }
        return before.isPresent() == (condition instanceof Condition.ItemExists);
    }

    private static boolean holds(Condition.Compare compare, @Nullable Object actual) {
        Object value = compare.value();
        if (actual == null || actual.getClass() != value.getClass()) {
            return false;
        }
        int order = actual instanceof Long number
                ? number.compareTo((Long) value)
                : Arrays.compareUnsigned(bytes(actual), bytes(value));
        return switch (compare.operator()) {
            case EQ -> order == 0;
            case NE -> order != 0;
            case LT -> order < 0;
            case LE -> order <= 0;
            case GT -> order > 0;
            case GE -> order >= 0;
        };
    }

    private static byte[] bytes(Object value) {
        return value instanceof byte[] bytes ? bytes : ((String) value).getBytes(StandardCharsets.UTF_8);
    }
}

package com.cloudnestle.marketplace.store.sqlite.internal;

import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Evaluates conditions on an item that was read. */
final class Conditions {

    private Conditions() {}

    static boolean hold(Condition condition, Optional<Item> item) {
        if (condition instanceof Condition.Compare compare) {
            return hold(compare, item.map(it -> it.attributes().get(compare.attribute())).orElse(null));
        }
        if (condition instanceof Condition.And and) {
            return and.all().stream().allMatch(part -> hold(part, item));
        }
        if (condition instanceof Condition.Or or) {
            return or.any().stream().anyMatch(part -> hold(part, item));
        }
        if (condition instanceof Condition.Exists exists) {
            return has(item, exists.attribute());
        }
        if (condition instanceof Condition.Absent absent) {
            return !has(item, absent.attribute());
        }
        return condition instanceof Condition.ItemExists ? item.isPresent() : item.isEmpty();
    }

    private static boolean has(Optional<Item> item, String attribute) {
        return item.isPresent() && item.get().attributes().containsKey(attribute);
    }

    private static boolean hold(Condition.Compare compare, @Nullable Object actual) {
        if (actual instanceof Long number && compare.value() instanceof Long value) {
            return accepts(compare.operator(), number.compareTo(value));
        }
        if (actual instanceof String text && compare.value() instanceof String value) {
            return accepts(compare.operator(), text.equals(value) ? 0 : Arrays.compareUnsigned(utf8(text), utf8(value)));
        }
        if (actual instanceof byte[] bytes && compare.value() instanceof byte[] value) {
            return accepts(compare.operator(), Arrays.compareUnsigned(bytes, value));
        }
        return false; // missing, or of another type
    }

    private static boolean accepts(Condition.Operator operator, int order) {
        return switch (operator) {
            case EQ -> order == 0;
            case NE -> order != 0;
            case LT -> order < 0;
            case LE -> order <= 0;
            case GT -> order > 0;
            case GE -> order >= 0;
        };
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package com.cloudnestle.marketplace.store.dynamodb.internal;

import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Update;
import com.cloudnestle.marketplace.store.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An update as an expression, and the guards that make DynamoDB refuse what the contract forbids but DynamoDB would do:
 * a sum beyond 64 bits, and half of an index entry. A guard is part of the one request's condition, so nothing is changed
 * and no second request is needed.
 *
 * @param text the update expression
 * @param guard a condition, or null if nothing can go wrong
 */
record UpdateExpression(String text, @Nullable String guard) {

    static UpdateExpression of(Write.Change change, Expressions expressions) {
        checkValues(change);
        Update update = change.update();
        List<String> guards = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        clause(text, "SET", update.set().entrySet().stream()
                .map(set -> expressions.name(set.getKey()) + " = " + expressions.value(set.getValue())).toList());
        clause(text, "ADD", update.add().entrySet().stream()
                .map(add -> expressions.name(add.getKey()) + " " + expressions.value(add.getValue())).toList());
        clause(text, "REMOVE", update.remove().stream().map(expressions::name).toList());
        update.add().forEach((name, amount) -> guards.add(noOverflow(name, amount, expressions)));
        if (change.key().table().indexed()) {
            wholeEntry(update, Item.G1, Item.G1_SORT, expressions, guards);
            wholeEntry(update, Item.G1_SORT, Item.G1, expressions, guards);
        }
        return new UpdateExpression(text.toString(), guards.isEmpty() ? null : String.join(" AND ", guards));
    }

    /** Refuses what is wrong whatever stands at the key: DynamoDB would take an expiry that is a text. */
    private static void checkValues(Write.Change change) {
        Map<String, Object> values = new HashMap<>(change.update().set());
        if (change.key().table().indexed()) {
            change.update().add().keySet().stream().filter(name -> name.equals(Item.G1) || name.equals(Item.G1_SORT))
                    .findFirst().ifPresent(name -> {
                        throw new IllegalArgumentException("attribute " + name + " must be a string in an indexed table");
                    });
            if (values.containsKey(Item.G1) != values.containsKey(Item.G1_SORT)) {
                values.putIfAbsent(Item.G1, "any");
                values.putIfAbsent(Item.G1_SORT, "any");
            }
        }
        new Item(change.key(), values);
    }

    private static void clause(StringBuilder text, String keyword, List<String> parts) {
        if (!parts.isEmpty()) {
            text.append(text.isEmpty() ? "" : " ").append(keyword).append(' ')
                    .append(parts.stream().collect(Collectors.joining(", ")));
        }
    }

    private static String noOverflow(String name, long amount, Expressions expressions) {
        String path = expressions.name(name);
        String bound = amount > 0
                ? path + " <= " + expressions.value(Long.MAX_VALUE - amount)
                : path + " >= " + expressions.value(Long.MIN_VALUE - amount);
        return "(attribute_not_exists(" + path + ") OR " + bound + ")";
    }

    /** When only one of the two is named, the other must be as it has to be for both to go together. */
    private static void wholeEntry(
            Update update, String one, String other, Expressions expressions, List<String> guards) {
        if (update.set().containsKey(other) || update.remove().contains(other)) {
            if (update.set().containsKey(one) && update.remove().contains(other)) {
                throw new IllegalArgumentException("attributes " + one + " and " + other + " go together");
            }
        } else if (update.set().containsKey(one)) {
            guards.add("attribute_exists(" + expressions.name(other) + ")");
        } else if (update.remove().contains(one)) {
            guards.add("attribute_not_exists(" + expressions.name(other) + ")");
        }
    }
}

package com.cloudnestle.marketplace.store.dynamodb.internal;

import com.cloudnestle.marketplace.store.Condition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The texts of one request's expressions with their placeholders: every name and value is one, so that no name can be a
 * reserved word and no value can be an expression. A dotted name becomes a path of placeholders.
 *
 * <p>Conditions mean what the contract says and not what DynamoDB says by itself: there, {@code <>} is true for a missing
 * attribute and for another type. Booleans that other software wrote equal the texts they are read as; values of other
 * foreign types equal nothing.
 */
final class Expressions {

    private static final Map<Condition.Operator, String> OPERATORS = Map.of(
            Condition.Operator.EQ, "=",
            Condition.Operator.NE, "<>",
            Condition.Operator.LT, "<",
            Condition.Operator.LE, "<=",
            Condition.Operator.GT, ">",
            Condition.Operator.GE, ">=");

    private final Map<String, String> names = new LinkedHashMap<>();
    private final Map<AttributeValue, String> values = new LinkedHashMap<>();

    /** Placeholder to name; null if there is none, for DynamoDB refuses an empty map. */
    @Nullable Map<String, String> names() {
        Map<String, String> byPlaceholder = new HashMap<>();
        names.forEach((name, placeholder) -> byPlaceholder.put(placeholder, name));
        return byPlaceholder.isEmpty() ? null : byPlaceholder;
    }

    /** Placeholder to value; null if there is none. */
    @Nullable Map<String, AttributeValue> values() {
        Map<String, AttributeValue> byPlaceholder = new HashMap<>();
        values.forEach((value, placeholder) -> byPlaceholder.put(placeholder, value));
        return byPlaceholder.isEmpty() ? null : byPlaceholder;
    }

    /** The path of placeholders for a name. */
    String name(String attribute) {
        StringBuilder path = new StringBuilder();
        for (String step : attribute.split("\\.", -1)) {
            path.append(path.isEmpty() ? "" : ".");
            path.append(names.computeIfAbsent(step, s -> "#n" + names.size()));
        }
        return path.toString();
    }

    String value(Object value) {
        return value(Attributes.value(value));
    }

    private String value(AttributeValue value) {
        return values.computeIfAbsent(value, v -> ":v" + values.size());
    }

    /** The expression; null if it is always true. */
    @Nullable String condition(Condition condition) {
        if (condition instanceof Condition.And and) {
            return joined(and.all().stream().map(this::condition).filter(part -> part != null).toList(), " AND ");
        }
        if (condition instanceof Condition.Or or) {
            List<@Nullable String> parts = new ArrayList<>();
            or.any().forEach(part -> parts.add(condition(part)));
            return parts.contains(null) ? null : joined(parts, " OR ");
        }
        if (condition instanceof Condition.ItemExists) {
            return "attribute_exists(" + name(Attributes.PK) + ")";
        }
        if (condition instanceof Condition.ItemAbsent) {
            return "attribute_not_exists(" + name(Attributes.PK) + ")";
        }
        if (condition instanceof Condition.Exists exists) {
            String name = name(exists.attribute());
            return "(attribute_exists(" + name + ") AND NOT " + isType(name, "M") + " AND NOT " + isType(name, "NULL") + ")";
        }
        if (condition instanceof Condition.Absent absent) {
            String name = name(absent.attribute());
            return "(attribute_not_exists(" + name + ") OR " + isType(name, "M") + " OR " + isType(name, "NULL") + ")";
        }
        return compare((Condition.Compare) condition);
    }

    /** Both, each of which may be null for always true. */
    static @Nullable String both(@Nullable String first, @Nullable String second) {
        return first == null ? second : second == null ? first : first + " AND " + second;
    }

    /** For a check that checks nothing: DynamoDB wants some condition there. */
    String always() {
        String key = name(Attributes.PK);
        return "(attribute_exists(" + key + ") OR attribute_not_exists(" + key + "))";
    }

    private String isType(String name, String type) {
        return "attribute_type(" + name + ", " + value(AttributeValue.fromS(type)) + ")";
    }

    private String compare(Condition.Compare compare) {
        String name = name(compare.attribute());
        Object value = compare.value();
        String comparison = name + " " + OPERATORS.get(compare.operator()) + " " + value(value);
        boolean unequal = compare.operator() == Condition.Operator.NE;
        if (unequal) {
            String type = value instanceof String ? "S" : value instanceof Long ? "N" : "B";
            comparison = isType(name, type) + " AND " + comparison;
        }
        if ("true".equals(value) || "false".equals(value)) {
            if (unequal || compare.operator() == Condition.Operator.EQ) {
                String truth = value(AttributeValue.fromBool(unequal != Boolean.parseBoolean((String) value)));
                return "((" + comparison + ") OR " + name + " = " + truth + ")";
            }
        }
        return "(" + comparison + ")";
    }

    private static @Nullable String joined(List<@Nullable String> parts, String operator) {
        if (parts.size() < 2) {
            return parts.isEmpty() ? null : parts.get(0); // DynamoDB refuses parentheses within parentheses
        }
        return parts.stream().collect(Collectors.joining(operator, "(", ")"));
    }
}

package com.cloudnestle.marketplace.store;

import java.util.List;
import java.util.Objects;

/**
 * What must be true of the item <em>before</em> a write for the write to happen. Data only, so that a store can push it
 * down. A comparison with a missing attribute, or with a value of another type, is false; so is its opposite.
 */
public sealed interface Condition {

    /** Always true. */
    Condition NONE = new And(List.of());

    record Exists(String attribute) implements Condition {}

    record Absent(String attribute) implements Condition {}

    /** True if no item stands at the key (an expired but not yet reclaimed item still stands there). */
    record ItemAbsent() implements Condition {}

    record ItemExists() implements Condition {}

    /** Compares the attribute (left) with a value: numbers by size, strings bytewise; byte arrays only by EQ and NE. */
    record Compare(String attribute, Operator operator, Object value) implements Condition {
        public Compare {
            Item.checkName(attribute);
            Objects.requireNonNull(operator);
            value = Item.checkValue(attribute, value);
            if (value instanceof byte[] && operator != Operator.EQ && operator != Operator.NE) {
                throw new IllegalArgumentException(attribute + ": byte arrays have no order, only EQ and NE");
            }
        }
    }

    record And(List<Condition> all) implements Condition {
        public And {
            all = List.copyOf(all);
        }
    }

    record Or(List<Condition> any) implements Condition {
        public Or {
            any = List.copyOf(any);
            if (any.isEmpty()) {
                throw new IllegalArgumentException("an empty Or can never be true");
            }
        }
    }

    enum Operator {
        EQ,
        NE,
        LT,
        LE,
        GT,
        GE
    }

    static Condition itemAbsent() {
        return new ItemAbsent();
    }

    static Condition itemExists() {
        return new ItemExists();
    }

    static Condition exists(String attribute) {
        return new Exists(attribute);
    }

    static Condition absent(String attribute) {
        return new Absent(attribute);
    }

    static Condition equal(String attribute, Object value) {
        return new Compare(attribute, Operator.EQ, value);
    }

    static Condition notEqual(String attribute, Object value) {
        return new Compare(attribute, Operator.NE, value);
    }

    static Condition less(String attribute, long value) {
        return new Compare(attribute, Operator.LT, value);
    }

    static Condition atMost(String attribute, long value) {
        return new Compare(attribute, Operator.LE, value);
    }

    static Condition atLeast(String attribute, long value) {
        return new Compare(attribute, Operator.GE, value);
    }

    static Condition all(Condition... conditions) {
        return new And(List.of(conditions));
    }

    static Condition any(Condition... conditions) {
        return new Or(List.of(conditions));
    }
}

package com.cloudnestle.marketplace.gateway.razorpay.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Collects what is wrong, so that an operator is told all of it and not one thing after the other. */
final class Mistakes {

    private final List<String> found = new ArrayList<>();

    /** What is supplied, or else the other value if that was a mistake. */
    <T> T or(T otherwise, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            found.add(e.getMessage());
            return otherwise;
        }
    }

    void check(Runnable check) {
        or(Boolean.TRUE, () -> {
            check.run();
            return Boolean.TRUE;
        });
    }

    void throwIfAny() throws ConfigurationMistake {
        if (!found.isEmpty()) {
            throw new ConfigurationMistake(String.join("; ", found));
        }
    }
}

package com.cloudnestle.marketplace.catalog;

import java.util.Objects;

/**
 * How many units of one action a tier allows in one window.
 *
 * @param action the meter this counts, e.g. {@code search}
 * @param window when counting starts anew
 * @param amount units allowed per window: {@link #UNLIMITED}, or 0 to {@link #MAX_AMOUNT}
 */
public record Limit(String action, Window window, long amount) {

    /** No limit; stands on the wire as -1. */
    public static final long UNLIMITED = -1;

    /** Keeps every sum of a limit and a request inside a long. */
    public static final long MAX_AMOUNT = 1_000_000_000_000_000L;

    public Limit {
        Meter.requireAction(action);
        Objects.requireNonNull(window);
        if (amount < UNLIMITED || amount > MAX_AMOUNT) {
            throw new IllegalArgumentException("amount must be -1 (unlimited) or 0 to " + MAX_AMOUNT + ", was " + amount);
        }
    }

    public boolean unlimited() {
        return amount == UNLIMITED;
    }
}

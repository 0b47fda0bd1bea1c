package com.cloudnestle.marketplace.catalog;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Something a solution counts.
 *
 * @param action name on the wire, e.g. {@code search}: 1 to 40 of {@code a-z 0-9 - _}, beginning with a letter
 * @param unit what one unit is, in the singular, e.g. {@code search} or {@code page}
 */
public record Meter(String action, String unit) {

    private static final Pattern ACTION = Pattern.compile("[a-z][a-z0-9_-]{0,39}");

    public Meter {
        requireAction(action);
        if (Objects.requireNonNull(unit).isBlank() || unit.length() > 60) {
            throw new IllegalArgumentException("unit must have 1 to 60 characters");
        }
    }

    static String requireAction(String action) {
        if (!ACTION.matcher(action).matches()) {
            throw new IllegalArgumentException("action must be 1 to 40 of a-z, 0-9, '-' and '_', beginning with a letter");
        }
        return action;
    }
}

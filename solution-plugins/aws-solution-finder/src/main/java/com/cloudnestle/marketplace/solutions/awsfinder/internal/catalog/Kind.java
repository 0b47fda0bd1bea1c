package com.cloudnestle.marketplace.solutions.awsfinder.internal.catalog;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an entry of the catalogue is. */
public enum Kind {
    SERVICE("AWS service"),
    ARCHITECTURE("Reference architecture"),
    SOLUTION("Ready-made solution");

    private final String label;

    Kind(String label) {
        this.label = label;
    }

    /** Name in data files and on the wire, e.g. {@code service}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Name for people. */
    public String label() {
        return label;
    }

    public static Optional<Kind> ofWire(String wire) {
        return Arrays.stream(values()).filter(kind -> kind.wire().equals(wire)).findFirst();
    }
}

package com.cloudnestle.marketplace.benchmarks.jmh;

import java.util.Map;

/** How the quota service counts. */
public enum Mode {

    /** One record per decision. */
    STRICT(Map.of("mode", "strict")),

    /** Blocks of units, taken by their use. */
    LEASED(Map.of());

    private final Map<String, Object> settings;

    Mode(Map<String, Object> settings) {
        this.settings = settings;
    }

    Map<String, Object> settings() {
        return settings;
    }
}

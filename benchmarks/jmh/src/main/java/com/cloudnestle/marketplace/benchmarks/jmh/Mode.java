package com.cloudnestle.marketplace.benchmarks.jmh;

import java.util.Map;

/** How the quota service counts. */
public enum Mode {

    /** One record per decision. */
    STRICT(1),

    /** One record per block of units, as large as the distribution has it by default. */
    LEASED(100);

    private final int leaseUnits;

    Mode(int leaseUnits) {
        this.leaseUnits = leaseUnits;
    }

    Map<String, Object> settings() {
        return settings(leaseUnits);
    }

    /** @param leaseUnits units counted ahead at most; 1: none */
    static Map<String, Object> settings(int leaseUnits) {
        return Map.of("lease_units", leaseUnits);
    }
}

package com.cloudnestle.marketplace.exactness.processes;

import java.util.ArrayList;
import java.util.List;

/**
 * What goes wrong in a run.
 *
 * @param kills processes are killed and started again all the time
 * @param skew clocks differ by up to 700 ms, and one jumps back an hour for a while
 * @param network replies and requests are lost, delayed, throttled and repeated
 */
record Faults(boolean kills, boolean skew, boolean network) {

    static final Faults NONE = new Faults(false, false, false);

    static Faults parse(String text) {
        List<String> names = List.of(text.split(","));
        return new Faults(names.contains("kill"), names.contains("skew"), names.contains("network"));
    }

    /** Whether units may be lost. */
    boolean any() {
        return kills || skew || network;
    }

    String text() {
        List<String> all = new ArrayList<>();
        if (kills) {
            all.add("kill -9");
        }
        if (skew) {
            all.add("clocks");
        }
        if (network) {
            all.add("network");
        }
        return all.isEmpty() ? "none" : String.join(" + ", all);
    }
}

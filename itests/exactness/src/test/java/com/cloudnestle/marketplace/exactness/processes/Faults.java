package com.cloudnestle.marketplace.exactness.processes;

import java.util.ArrayList;
import java.util.List;

/**
 * What goes wrong in a run.
 *
 * @param kills how many processes are killed, and started again, while a day is used up
 * @param skew clocks differ by up to 700 ms from the right time, and one jumps back an hour for a while
 * @param network replies and requests are lost, delayed, throttled and repeated
 */
record Faults(int kills, boolean skew, boolean network) {

    static final Faults NONE = new Faults(0, false, false);

    static Faults all(String store, int kills) {
        return new Faults(kills, true, store.equals(Plan.DYNAMODB));
    }

    /** Whether units may be lost. */
    boolean any() {
        return kills > 0 || skew || network;
    }

    String text() {
        List<String> all = new ArrayList<>();
        if (kills > 0) {
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

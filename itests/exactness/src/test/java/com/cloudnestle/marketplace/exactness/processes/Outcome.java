package com.cloudnestle.marketplace.exactness.processes;

import java.util.ArrayList;
import java.util.List;

/**
 * What came out of a run with processes.
 *
 * @param allowed units, by the answers
 * @param room units the limits gave: limit times customers times days
 * @param overshoot units allowed beyond a limit, the sum over all windows
 * @param unmet windows in which nobody was refused, so that the limit was never tried
 * @param history units the usage history shows
 * @param stored units the counters say were taken, per the store's own history
 */
record Outcome(
        Plan plan,
        Faults faults,
        long allowed,
        long room,
        long overshoot,
        List<String> unmet,
        long decisions,
        long storeWrites,
        long unknown,
        long unavailable,
        long unexpected,
        long kills,
        long faultsMade,
        long history) {

    static final String HEADER = "%-9s %5s  %-34s %17s %7s %9s %15s %11s %6s %7s %s".formatted(
            "store", "lease", "faults", "allowed / limit", "% used", "overshoot", "writes/allowed", "units lost", "kills",
            "faults", "verdict");

    double used() {
        return 100.0 * allowed / room;
    }

    double writesPerAllowed() {
        return allowed == 0 ? Double.NaN : (double) storeWrites / allowed;
    }

    /** Counted by the store, but allowed to nobody. */
    long lost() {
        return Math.max(0, history - allowed);
    }

    /** What is wrong with it; empty: nothing. */
    List<String> complaints() {
        List<String> all = new ArrayList<>();
        if (overshoot > 0) {
            all.add("OVERSHOOT of " + overshoot);
        }
        if (unexpected > 0) {
            all.add(unexpected + " unexpected exceptions");
        }
        if (history < allowed) {
            all.add("history shows only " + history);
        }
        if (!faults.any() && allowed != room && overshoot == 0) {
            all.add("not all units were allowed, although nothing went wrong");
        }
        if (!unmet.isEmpty()) {
            all.add("INVALID: the demand did not exceed the limit in " + unmet);
        }
        return all;
    }

    String row() {
        List<String> complaints = complaints();
        return "%-9s %5d  %-34s %8d/%-8d %7.2f %9d %15.4f %11d %6d %7d %s".formatted(plan.store(), plan.lease(), faults.text(),
                allowed, room, used(), overshoot, writesPerAllowed(), lost(), kills, faultsMade,
                complaints.isEmpty() ? "exact" : String.join("; ", complaints));
    }
}

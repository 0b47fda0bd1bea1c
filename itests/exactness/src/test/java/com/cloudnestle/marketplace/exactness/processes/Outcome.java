package com.cloudnestle.marketplace.exactness.processes;

import com.cloudnestle.marketplace.exactness.schedule.EngineMaker.Engine;
import com.cloudnestle.marketplace.exactness.schedule.EngineMaker.Surroundings;
import com.cloudnestle.marketplace.quota.Subject;
import com.cloudnestle.marketplace.quota.UsageHistory.DailyUsage;
import com.cloudnestle.marketplace.testing.FixedNodes;
import com.cloudnestle.marketplace.testing.RecordingAuditLog;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * What came out of runs with processes.
 *
 * @param runs how many were added up
 * @param allowed units, by the answers, on all days
 * @param fullDays units allowed on the days that were to be used up
 * @param room units the limits gave on those days
 * @param overshoot units allowed beyond a limit, the sum over all windows
 * @param unmet windows that were to be used up, but in which nobody was refused, so that the limit was never tried
 * @param unknown calls whose outcome the caller did not learn
 * @param unavailable calls that were refused for a reason that is not the limit
 * @param history units the usage history shows
 */
record Outcome(
        Plan plan,
        Faults faults,
        int runs,
        long allowed,
        long fullDays,
        long room,
        long overshoot,
        List<String> unmet,
        long storeWrites,
        long unknown,
        long unavailable,
        long unexpected,
        long kills,
        long faultsMade,
        long history) {

    static final String HEADER = "%-8s %5s  %-27s %4s %17s %7s %9s %14s %14s %5s %6s %7s %7s %s".formatted(
            "store", "lease", "faults", "runs", "allowed / limit", "% used", "overshoot", "writes/allowed", "units lost", "kills",
            "faults", "unknown", "failed", "verdict");

    static Outcome of(Plan whole, Faults faults, List<Tally> tallies, long kills, long faultsMade) {
        long allowed = 0;
        long fullDays = 0;
        long overshoot = 0;
        List<String> unmet = new ArrayList<>();
        for (int key = 0; key < whole.keys(); key++) {
            for (int day = 0; day < Plan.DAYS; day++) {
                long taken = sum(tallies, Tally.PerWindow.ALLOWED, key, day);
                long limit = day == Plan.DAYS - 1 ? 0 : whole.limit();
                boolean full = day == 0 || day == 2;
                allowed += taken;
                fullDays += full ? taken : 0;
                overshoot += Math.max(0, taken - limit);
                if (full && sum(tallies, Tally.PerWindow.DENIED, key, day) == 0) {
                    unmet.add(whole.customer(key) + " day " + day + " (" + taken + " of " + limit + ")");
                }
            }
        }
        return new Outcome(whole, faults, 1, allowed, fullDays, 2 * whole.limit() * whole.keys(), overshoot, unmet,
                sum(tallies, Tally.Sum.STORE_WRITES), sum(tallies, Tally.Sum.UNKNOWN), sum(tallies, Tally.Sum.UNAVAILABLE),
                sum(tallies, Tally.Sum.UNEXPECTED), kills, faultsMade, history(whole));
    }

    private static long sum(List<Tally> tallies, Tally.PerWindow what, int key, int day) {
        return tallies.stream().mapToLong(tally -> tally.get(what, key, day)).sum();
    }

    private static long sum(List<Tally> tallies, Tally.Sum what) {
        return tallies.stream().mapToLong(tally -> tally.get(what)).sum();
    }

    private static long history(Plan whole) {
        InstantSource clock = () -> RunClock.MIDNIGHT.plus(Duration.ofHours(30));
        try (Stores.Open open = Stores.open(whole, clock)) {
            Engine engine = Stores.engine(new Surroundings(open.store(), NodeProcess.catalog(whole),
                    NodeProcess.entitlements(whole), new RecordingAuditLog(clock),
                    new FixedNodes("node_ffffffffffffffff", 1), clock, whole.lease()));
            LocalDate day = LocalDate.ofInstant(RunClock.MIDNIGHT, ZoneOffset.UTC);
            long units = 0;
            for (int key = 0; key < whole.keys(); key++) {
                units += engine.history()
                        .usage(new Subject.User(whole.customer(key)), day.minusDays(3), day.plusDays(3), null, 100, null)
                        .rows()
                        .stream()
                        .mapToLong(DailyUsage::units)
                        .sum();
            }
            engine.stop();
            return units;
        }
    }

    /** This and another run of the same kind. */
    Outcome and(Outcome other) {
        List<String> allUnmet = new ArrayList<>(unmet);
        allUnmet.addAll(other.unmet);
        return new Outcome(plan, faults, runs + other.runs, allowed + other.allowed, fullDays + other.fullDays,
                room + other.room, overshoot + other.overshoot, allUnmet, storeWrites + other.storeWrites,
                unknown + other.unknown, unavailable + other.unavailable, unexpected + other.unexpected, kills + other.kills,
                faultsMade + other.faultsMade, history + other.history);
    }

    /** Share of the units that the limits gave, on the days that were to be used up, in percent. */
    double used() {
        return 100.0 * fullDays / room;
    }

    double writesPerAllowed() {
        return allowed == 0 ? Double.NaN : (double) storeWrites / allowed;
    }

    /** Counted by the store, but allowed to nobody. */
    long lost() {
        return history - allowed;
    }

    /**
     * A node that is killed, and one for which midnight comes, loses a block per customer, and the one it is just asking for; each
     * fault of the network at most the block that was asked for.
     */
    private long mayBeLost() {
        long nodes = kills + (long) runs * plan.processes();
        return plan.lease() * (2 * plan.keys() * nodes + faultsMade);
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
        if (lost() > mayBeLost()) {
            all.add("lost " + lost() + " units, at most " + mayBeLost() + " may be");
        }
        if (!faults.any() && (fullDays != room || lost() != 0)) {
            all.add("not all units were allowed, although nothing went wrong");
        }
        if (!unmet.isEmpty()) {
            all.add("INVALID: the demand did not exceed the limit in " + unmet);
        }
        return all;
    }

    String row() {
        List<String> complaints = complaints();
        return "%-8s %5d  %-27s %4d %8d/%-8d %7.2f %9d %14.4f %6d (%5.2f%%) %5d %6d %7d %7d %s".formatted(plan.store(),
                plan.lease(), faults.text(), runs, fullDays, room, used(), overshoot, writesPerAllowed(), lost(),
                100.0 * lost() / Math.max(1, history), kills, faultsMade, unknown, unavailable,
                complaints.isEmpty() ? "exact" : String.join("; ", complaints));
    }
}

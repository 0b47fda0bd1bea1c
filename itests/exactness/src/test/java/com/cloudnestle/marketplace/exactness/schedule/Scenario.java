package com.cloudnestle.marketplace.exactness.schedule;

import com.cloudnestle.marketplace.catalog.Limit;
import com.cloudnestle.marketplace.catalog.TierPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What a few nodes do and what may go wrong meanwhile; the order is left open. All calls are made for customers at the tier
 * {@code registered}, until an operation changes it.
 */
final class Scenario {

    /** Calls made one after the other on one node. */
    record Script(int node, List<Operation> operations) {}

    /** Something that happens once, at any time. */
    record Happening(String what, Consumer<World> effect) {}

    static final Instant EVENING = Instant.parse("2026-11-20T23:00:00Z");

    private final String name;
    final List<Script> scripts = new ArrayList<>();
    final List<Happening> happenings = new ArrayList<>();
    final List<Fault> faults = new ArrayList<>();
    final List<Duration> skews = new ArrayList<>();
    List<TierPlan> tiers = List.of();
    int lease = 1;
    int mostFaults;
    boolean restart;
    Instant start = EVENING;
    int midnights;
    int newEras;
    long oldUsage;

    private Scenario(String name) {
        this.name = name;
    }

    static Scenario named(String name) {
        return new Scenario(name);
    }

    @Override
    public String toString() {
        return name;
    }

    String name() {
        return name;
    }

    /** Limits of the tier {@code registered}, and from then on of {@code pro}. */
    Scenario limit(Limit... registered) {
        tiers = List.of(TierPlan.of("registered", registered));
        return this;
    }

    Scenario andPro(Limit... pro) {
        List<TierPlan> both = new ArrayList<>(tiers);
        both.add(TierPlan.of("pro", pro));
        tiers = List.copyOf(both);
        return this;
    }

    Scenario lease(int units) {
        lease = units;
        return this;
    }

    /** One more script; scripts on the same node are threads of it. */
    Scenario on(int node, Operation... operations) {
        scripts.add(new Script(node, List.of(operations)));
        return this;
    }

    /** The clock of the node differs from that of the others. */
    Scenario skewed(int node, Duration by) {
        while (skews.size() <= node) {
            skews.add(Duration.ZERO);
        }
        skews.set(node, by);
        return this;
    }

    Scenario startingAt(Instant instant) {
        start = instant;
        return this;
    }

    /** At some moment all clocks pass midnight. */
    Scenario midnight() {
        midnights++;
        happenings.add(new Happening("midnight", world -> world.clock().set(EVENING.plus(Duration.ofMinutes(61)))));
        return this;
    }

    Scenario happening(String what, Consumer<World> effect) {
        happenings.add(new Happening(what, effect));
        return this;
    }

    /** Up to {@code most} of these in one run, at any store call. */
    Scenario faults(int most, Set<Fault> possible) {
        mostFaults = most;
        faults.addAll(possible);
        return this;
    }

    /** A node that crashed is started again, as another one, and goes on with its script. */
    Scenario restarting() {
        restart = true;
        return this;
    }

    /** Counters begin anew so many times in the scripts. */
    Scenario withNewEras(int count) {
        newEras = count;
        return this;
    }

    /** The old software allowed so many units on this day, and the counter that tells is yet to be made. */
    Scenario withOldUsage(long units) {
        oldUsage = units;
        return this;
    }

    /** Whether the other one, of the same name and so the same scripts, has all schedules of this one. */
    boolean within(Scenario other) {
        return name.equals(other.name)
                && mostFaults <= other.mostFaults
                && (mostFaults == 0 || other.faults.containsAll(faults));
    }

    int nodes() {
        return 1 + scripts.stream().mapToInt(Script::node).max().orElse(0);
    }

    /** Whether the moment between two calls of a script matters: somebody else acts on the node or on its clock. */
    boolean pausesBetweenCalls() {
        boolean threads = scripts.stream().map(Script::node).distinct().count() < scripts.size();
        boolean changes = scripts.stream().flatMap(script -> script.operations().stream()).anyMatch(Operation::changesTerms);
        return threads || changes || !happenings.isEmpty();
    }
}

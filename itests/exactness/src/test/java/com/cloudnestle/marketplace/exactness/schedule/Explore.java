package com.cloudnestle.marketplace.exactness.schedule;

import com.cloudnestle.marketplace.exactness.schedule.Exploration.Bounds;
import com.cloudnestle.marketplace.exactness.schedule.Exploration.Report;
import com.cloudnestle.marketplace.quota.internal.exactness.RealEngine;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** The explorer for as long as one likes, with figures; see {@code itests/exactness/run --help}. */
public final class Explore {

    private final PrintStream out;
    private final List<Report> reports = new ArrayList<>();

    private Explore(PrintStream out) {
        this.out = out;
    }

    /**
     * All brief scenarios in full, then the thorough ones: each tried in order for a share of the time, and at random for another.
     *
     * @param only run scenarios whose name contains this
     * @return whether all was well
     */
    public static boolean run(PrintStream out, long seconds, long seed, String only) {
        Explore explore = new Explore(out);
        explore.all(seconds, seed, only);
        return explore.verdict();
    }

    private void all(long seconds, long seed, String only) {
        List<Scenario> brief = Scenarios.brief().stream().filter(s -> s.name().contains(only)).toList();
        List<Scenario> thorough = Scenarios.thorough().stream().filter(s -> s.name().contains(only)).toList();
        long begin = System.nanoTime();
        for (Scenario scenario : brief) {
            say(new Exploration(scenario, new RealEngine()).everySchedule(Bounds.seconds(Math.max(30, seconds))));
        }
        long left = seconds - (System.nanoTime() - begin) / 1_000_000_000L;
        long share = thorough.isEmpty() || left <= 0 ? 0 : Math.max(1, left / thorough.size() / 2);
        for (Scenario scenario : share == 0 ? List.<Scenario>of() : thorough) {
            say(new Exploration(scenario, new RealEngine()).everySchedule(Bounds.seconds(share)));
            say(new Exploration(scenario, new RealEngine()).randomSchedules(seed, Bounds.seconds(share)));
        }
    }

    private void say(Report report) {
        reports.add(report);
        out.println(report.line());
        report.failures().forEach(out::println);
    }

    private boolean verdict() {
        long schedules = reports.stream().mapToLong(Report::schedules).sum();
        long faulty = reports.stream().mapToLong(Report::faulty).sum();
        List<String> invalid = reports.stream().filter(report -> !report.valid()).map(Report::scenario).toList();
        long failures = reports.stream().mapToLong(report -> report.failures().size()).sum();
        out.printf("%d schedules, %d of them with faults: %s%n", schedules, faulty,
                failures > 0 ? failures + " VIOLATIONS" : "no limit was ever exceeded");
        if (!invalid.isEmpty()) {
            out.println("INVALID, the demand never exceeded the limit: " + invalid);
        }
        return failures == 0 && invalid.isEmpty();
    }

    /** @param arguments seconds, seed, and part of a name, all of them optional */
    public static void main(String[] arguments) {
        long seconds = arguments.length > 0 ? Long.parseLong(arguments[0]) : 0;
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
        boolean good = run(System.out, seconds, seed, arguments.length > 2 ? arguments[2] : "");
        System.exit(good ? 0 : 1);
    }
}

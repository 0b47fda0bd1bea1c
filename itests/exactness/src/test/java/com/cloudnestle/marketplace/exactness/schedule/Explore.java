package com.cloudnestle.marketplace.exactness.schedule;

import com.cloudnestle.marketplace.exactness.schedule.Exploration.Bounds;
import com.cloudnestle.marketplace.exactness.schedule.Exploration.Report;
import com.cloudnestle.marketplace.quota.internal.exactness.RealEngine;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The explorer with more faults at once than a build has time for, and its figures; see {@code itests/exactness/run --help}. */
public final class Explore {

    /** A schedule over DynamoDB costs many times as much. */
    private static final long OVER_DYNAMODB = 20;
    private static final int NODES = 2;

    private final PrintStream out;
    private final long most;
    private final long seed;
    private final List<Report> reports = new ArrayList<>();

    private Explore(PrintStream out, long most, long seed) {
        this.out = out;
        this.most = most;
        this.seed = seed;
    }

    /**
     * All brief scenarios in full, then the thorough ones: up to {@code most} schedules of each in order, and as many at random.
     *
     * @param dynamoDb also over the adapter for DynamoDB
     * @return whether all was well
     */
    public static boolean run(PrintStream out, long most, long seed, boolean dynamoDb) {
        Explore explore = new Explore(out, most, seed);
        explore.inMemory();
        if (dynamoDb) {
            explore.overDynamoDb();
        }
        return explore.verdict();
    }

    private void inMemory() {
        Scenarios.brief().forEach(scenario ->
                say("in full", new Exploration(scenario, new RealEngine()).everySchedule(Bounds.schedules(Long.MAX_VALUE))));
        for (Scenario scenario : Scenarios.thorough()) {
            say("in order", new Exploration(scenario, new RealEngine()).everySchedule(Bounds.schedules(most)));
            say("at random", new Exploration(scenario, new RealEngine()).randomSchedules(seed, Bounds.schedules(most)));
        }
    }

    private void overDynamoDb() {
        Bounds bounds = Bounds.schedules(Math.max(1, most / OVER_DYNAMODB));
        for (Scenario scenario : Scenarios.thoroughOverDynamoDb()) {
            try (DynamoDbGround ground = DynamoDbGround.sound(NODES)) {
                say("in order", new Exploration(scenario, new RealEngine(), ground).everySchedule(bounds));
                say("at random", new Exploration(scenario, new RealEngine(), ground).randomSchedules(seed, bounds));
            }
        }
    }

    private void say(String how, Report report) {
        reports.add(report);
        out.printf("%-9s %s%n", how, report.line());
        report.failures().forEach(out::println);
    }

    private boolean verdict() {
        long schedules = reports.stream().mapToLong(Report::schedules).sum();
        long faulty = reports.stream().mapToLong(Report::faulty).sum();
        Set<String> valid = reports.stream().filter(Report::valid).map(Report::scenario).collect(Collectors.toSet());
        List<String> invalid = reports.stream().map(Report::scenario).filter(name -> !valid.contains(name)).distinct().toList();
        long failures = reports.stream().mapToLong(report -> report.failures().size()).sum();
        out.printf("%d schedules, %d of them with faults: %s%n", schedules, faulty,
                failures > 0 ? failures + " VIOLATIONS" : "no limit was ever exceeded");
        if (!invalid.isEmpty()) {
            out.println("INVALID, the demand never exceeded the limit: " + invalid);
        }
        return failures == 0 && invalid.isEmpty();
    }
}

package com.cloudnestle.marketplace.exactness.schedule;

import com.cloudnestle.marketplace.exactness.schedule.Scheduler.Chooser;
import com.cloudnestle.marketplace.exactness.schedule.Scheduler.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Runs a scenario over and over, each time in another order. */
final class Exploration {

    /** How much one exploration may cost; not a time: what is bounded by time comes out differently on another machine. */
    record Bounds(long schedules) {
        static Bounds schedules(long schedules) {
            return new Bounds(schedules);
        }
    }

    /**
     * What came out.
     *
     * @param schedules runs that went to their end
     * @param pruned runs given up because another one had the same effect
     * @param complete whether there is no further schedule
     * @param exceeded schedules in which a scripted call met a limit
     * @param faulty schedules with at least one fault
     * @param mostLost units lost in the worst schedule
     * @param failures what was violated, with the schedule; at most a few
     */
    record Report(
            String scenario,
            long schedules,
            long pruned,
            boolean complete,
            long exceeded,
            long faulty,
            long mostLost,
            long diverged,
            int longest,
            List<String> failures,
            long nanos) {

        boolean valid() {
            return exceeded > 0;
        }

        String line() {
            return "%-62s %9d schedules%s %8d pruned %9d faulty %9d met a limit, longest %2d steps, lost at most %d, %.1f s%s"
                    .formatted(scenario, schedules, complete ? "     " : " (cut)", pruned, faulty, exceeded, longest, mostLost,
                            nanos / 1e9, diverged == 0 ? "" : ", " + diverged + " diverged");
        }
    }

    private final Scenario scenario;
    private final EngineMaker maker;
    private final Ground ground;
    private final List<String> failures = new ArrayList<>();
    private long schedules;
    private long pruned;
    private long exceeded;
    private long faulty;
    private long mostLost;
    private int longest;

    Exploration(Scenario scenario, EngineMaker maker) {
        this(scenario, maker, Ground.inMemory());
    }

    Exploration(Scenario scenario, EngineMaker maker, Ground ground) {
        this.scenario = scenario;
        this.maker = maker;
        this.ground = ground;
    }

    /** All schedules, depth first, until the first failure. */
    Report everySchedule(Bounds bounds) {
        return everySchedule(bounds, true);
    }

    Report everySchedule(Bounds bounds, boolean reduce) {
        long start = System.nanoTime();
        Explorer explorer = new Explorer(reduce);
        boolean more = true;
        while (more && within(bounds)) {
            run(explorer);
            more = explorer.next();
        }
        return report(!more, explorer.diverged(), start);
    }

    /** Schedules drawn at random, until the first failure: for what is too large to try out. */
    Report randomSchedules(long seed, Bounds bounds) {
        long start = System.nanoTime();
        while (within(bounds)) {
            Random random = new Random(seed + schedules);
            run(options -> {
                // many options are faults; a run that begins with one finds little
                List<Option> calm = options.stream().filter(option -> option.fault() == Fault.NONE).toList();
                boolean fault = calm.size() < options.size() && random.nextInt(10) == 0;
                return fault ? random.nextInt(options.size()) : options.indexOf(calm.get(random.nextInt(calm.size())));
            });
        }
        return report(false, 0, start);
    }

    private boolean within(Bounds bounds) {
        return failures.isEmpty() && schedules + pruned < bounds.schedules;
    }

    private Report report(boolean complete, long diverged, long start) {
        return new Report(scenario.name(), schedules, pruned, complete, exceeded, faulty, mostLost, diverged, longest,
                List.copyOf(failures), System.nanoTime() - start);
    }

    private void run(Chooser chooser) {
        World world = new World(scenario, maker, ground);
        boolean ended;
        try {
            ended = world.scheduler().run(chooser);
        } catch (IllegalStateException e) {
            failures.add(scenario.name() + ": " + e.getMessage() + schedule(world));
            return;
        }
        if (!ended) {
            pruned++;
            return;
        }
        schedules++;
        exceeded += world.ledger().denials() > 0 ? 1 : 0;
        Ending ending = new Ending(world);
        try {
            ending.check();
        } catch (RuntimeException e) {
            world.ledger().violated("the end of the run threw " + e + " at " + List.of(e.getStackTrace()).subList(0, 4));
        }
        faulty += ending.faults() > 0 ? 1 : 0;
        mostLost = Math.max(mostLost, ending.lost());
        longest = Math.max(longest, world.scheduler().taken().size());
        if (!world.ledger().violations().isEmpty()) {
            failures.add(scenario.name() + ": " + String.join("; ", world.ledger().violations()) + schedule(world));
        }
    }

    private static String schedule(World world) {
        StringBuilder text = new StringBuilder("\n  schedule:");
        for (Option option : world.scheduler().taken()) {
            text.append("\n    ").append(option);
        }
        return text.append("\n  answers: ").append(String.join("\n    ", world.ledger().notes())).toString();
    }
}

package com.cloudnestle.marketplace.exactness.processes;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.exactness.schedule.Explore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code itests/exactness/run} starts; its name keeps it out of ordinary builds. */
class LongRun {

    /** What a row of the table is about. */
    private record Kind(String store, int lease, Faults faults) {}

    private static final int KILLS = 5;
    private static final int SECONDS_PER_DAY = 4;
    /** With a write for each unit a day lasts as long as its writes. */
    private static final int SECONDS_PER_STRICT_DAY = 1;

    private final long seed = Long.getLong("exactness.seed", 1);
    private final long schedules = Long.getLong("exactness.schedules", 5_000);
    private final long minutes = Long.getLong("exactness.minutes", 5);
    private final String stores = System.getProperty("exactness.store", "both");

    private final List<String> broken = new ArrayList<>();

    @TempDir
    Path folder;

    @Test
    void schedulesAndProcessesAllowNoMoreThanTheLimit() throws IOException {
        boolean dynamoDb = !stores.equals(Plan.SQLITE);
        boolean good = schedules == 0 || Explore.run(System.out, schedules, seed, dynamoDb);
        Map<Kind, Outcome> outcomes = processes();
        if (!outcomes.isEmpty()) {
            System.out.println(Outcome.HEADER);
            outcomes.values().forEach(outcome -> System.out.println(outcome.row()));
        }
        boolean exact = good && broken.isEmpty() && outcomes.values().stream().allMatch(outcome -> outcome.complaints().isEmpty());
        System.out.println(exact ? "VERDICT: exact" : "VERDICT: NOT exact");
        assertThat(exact).isTrue();
    }

    /** All kinds in turn until the time is over; each at least once. */
    private Map<Kind, Outcome> processes() throws IOException {
        Map<Kind, Outcome> outcomes = new LinkedHashMap<>();
        long end = System.nanoTime() + minutes * 60_000_000_000L;
        for (int round = 0; minutes > 0 && (round == 0 || System.nanoTime() < end); round++) {
            for (Kind kind : kinds()) {
                if (round == 0 || System.nanoTime() < end) {
                    Path own = Files.createDirectories(folder.resolve("run-" + round + "-" + outcomes.size() + kind.hashCode()));
                    run(kind, own, seed + round, outcomes);
                }
            }
        }
        return outcomes;
    }

    private void run(Kind kind, Path own, long ownSeed, Map<Kind, Outcome> outcomes) {
        Plan plan = Plan.of(kind.store, own, kind.lease, kind.lease == 1 ? SECONDS_PER_STRICT_DAY : SECONDS_PER_DAY);
        try {
            Outcome outcome = ProcessRun.of(plan, kind.faults, ownSeed);
            System.out.println(outcome.row());
            outcomes.merge(kind, outcome, Outcome::and);
        } catch (IllegalStateException e) {
            broken.add(kind + ": " + e.getMessage());
            System.out.println(broken.get(broken.size() - 1));
        }
    }

    private List<Kind> kinds() {
        List<Kind> kinds = new ArrayList<>();
        for (String store : List.of(Plan.SQLITE, Plan.DYNAMODB)) {
            if (stores.equals("both") || stores.equals(store)) {
                for (int lease : new int[] {20, 100, 1}) {
                    kinds.add(new Kind(store, lease, Faults.NONE));
                    kinds.add(new Kind(store, lease, Faults.all(store, KILLS)));
                }
            }
        }
        return kinds;
    }
}

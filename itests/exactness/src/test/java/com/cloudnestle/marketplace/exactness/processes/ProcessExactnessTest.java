package com.cloudnestle.marketplace.exactness.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Short runs with real processes; longer ones by {@code itests/exactness/run}. */
class ProcessExactnessTest {

    @TempDir
    Path folder;

    private Plan plan(String store, int lease, long limit, Duration beforeMidnight, Duration afterMidnight) {
        return new Plan(0, store, folder.resolve("data").toString(), folder, 0, beforeMidnight, afterMidnight, 4, 2, limit,
                lease, 0, -1, 0);
    }

    private static void assertExact(Outcome outcome) {
        System.out.println(Outcome.HEADER);
        System.out.println(outcome.row());
        assertThat(outcome.complaints()).as(outcome.toString()).isEmpty();
    }

    @Test
    void oneProcessOnSqliteThatIsKilledAgainAndAgainNeverAllowsTooMuch() {
        Outcome outcome = ProcessRun.of(plan("sqlite", 20, 1_500, Duration.ofSeconds(5), Duration.ofSeconds(5)),
                new Faults(true, true, false), 1);

        assertExact(outcome);
        assertThat(outcome.kills()).isPositive();
    }

    @Test
    void threeProcessesOnDynamoDbNeverAllowTooMuchWhateverGoesWrong() {
        Outcome outcome = ProcessRun.of(plan("dynamodb", 20, 1_000, Duration.ofSeconds(8), Duration.ofSeconds(7)),
                new Faults(true, true, true), 1);

        assertExact(outcome);
        assertThat(outcome.kills()).isPositive();
        assertThat(outcome.faultsMade()).isPositive();
    }
}

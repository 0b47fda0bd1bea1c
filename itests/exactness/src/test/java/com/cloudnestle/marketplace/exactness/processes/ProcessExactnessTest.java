package com.cloudnestle.marketplace.exactness.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Short runs with real processes; longer ones by {@code itests/exactness/run}. */
class ProcessExactnessTest {

    private static final int LEASE = 20;
    private static final int KILLS = 2;

    @TempDir
    Path folder;

    private Outcome run(String store) {
        Outcome outcome = ProcessRun.of(Plan.of(store, folder, LEASE, 1), Faults.all(store, KILLS), 1);
        System.out.println(Outcome.HEADER);
        System.out.println(outcome.row());
        assertThat(outcome.complaints()).as(outcome.toString()).isEmpty();
        assertThat(outcome.kills()).isEqualTo(2 * KILLS);
        return outcome;
    }

    @Test
    void oneProcessOnSqliteThatIsKilledAgainAndAgainNeverAllowsTooMuch() {
        run(Plan.SQLITE);
    }

    @Test
    void threeProcessesOnDynamoDbNeverAllowTooMuchWhateverGoesWrong() {
        assertThat(run(Plan.DYNAMODB).faultsMade()).isPositive();
    }
}

package com.cloudnestle.marketplace.exactness.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.exactness.schedule.Exploration.Bounds;
import com.cloudnestle.marketplace.exactness.schedule.Exploration.Report;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A checker that finds nothing proves nothing: each mistake is found in a scenario whose schedules are all among those that
 * {@link EveryScheduleTest} sees the sound engine pass.
 */
class SeededDefectsTest {

    private static final long MOST = 20_000;

    @ParameterizedTest
    @EnumSource
    void isFoundBySomeSchedule(SeededDefect defect) throws ReflectiveOperationException {
        Scenario scenario = defect.scenario();
        Report broken = new Exploration(scenario, defect.engine()).everySchedule(Bounds.schedules(MOST));

        assertThat(Scenarios.brief()).as("the sound engine passes it").anyMatch(scenario::within);
        assertThat(broken.failures()).as(defect + " in " + broken.line()).hasSize(1);
        System.out.println(defect + ": schedule " + broken.schedules() + " of " + broken.scenario() + ": "
                + broken.failures().get(0).lines().findFirst().orElse(""));
    }
}

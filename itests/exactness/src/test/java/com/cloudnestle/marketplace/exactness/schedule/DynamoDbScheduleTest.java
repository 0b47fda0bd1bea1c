package com.cloudnestle.marketplace.exactness.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.exactness.schedule.Exploration.Bounds;
import com.cloudnestle.marketplace.exactness.schedule.Exploration.Report;
import com.cloudnestle.marketplace.quota.internal.exactness.RealEngine;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The quota engine over the adapter for DynamoDB and DynamoDB Local, in every order of the store calls, with a bad network. */
class DynamoDbScheduleTest {

    private static final int NODES = 2;
    private static final long MOST = 2_000;

    static List<Scenario> brief() {
        return Scenarios.briefOverDynamoDb();
    }

    @ParameterizedTest
    @MethodSource("brief")
    void neverAllowsMoreThanTheLimitAndLosesNoMoreThanItMay(Scenario scenario) {
        try (DynamoDbGround sound = DynamoDbGround.sound(NODES)) {
            Report report = new Exploration(scenario, new RealEngine(), sound).everySchedule(Bounds.schedules(MOST));

            System.out.println(report.line());
            assertThat(report.failures()).isEmpty();
            assertThat(report.complete()).as("every schedule was tried").isTrue();
            assertThat(report.valid()).as("the demand exceeded the limit in some schedule").isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void findsMistakesOfTheAdapter(AdapterDefect defect) throws ReflectiveOperationException {
        Scenario scenario = defect.scenario();
        try (DynamoDbGround mistaken = new DynamoDbGround(NODES, defect.adapter())) {
            Report broken = new Exploration(scenario, new RealEngine(), mistaken).everySchedule(Bounds.schedules(MOST));

            assertThat(brief()).as("the sound adapter passes it").anyMatch(scenario::within);
            assertThat(broken.failures()).as(defect + " in " + broken.line()).hasSize(1);
            System.out.println(defect + ": schedule " + broken.schedules() + " of " + broken.scenario() + ": "
                    + broken.failures().get(0).lines().findFirst().orElse(""));
        }
    }
}

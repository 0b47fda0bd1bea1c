package com.cloudnestle.marketplace.exactness.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.exactness.schedule.Exploration.Bounds;
import com.cloudnestle.marketplace.exactness.schedule.Exploration.Report;
import com.cloudnestle.marketplace.quota.internal.exactness.RealEngine;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The quota engine in every order of its nodes' store calls, with what can go wrong between them. */
class EveryScheduleTest {

    /** None of the brief scenarios has so many. */
    private static final long MOST = 20_000;

    static List<Scenario> brief() {
        return Scenarios.brief();
    }

    @ParameterizedTest
    @MethodSource("brief")
    void neverAllowsMoreThanTheLimitAndLosesNoMoreThanItMay(Scenario scenario) {
        Report report = new Exploration(scenario, new RealEngine()).everySchedule(Bounds.schedules(MOST));

        System.out.println(report.line());
        assertThat(report.failures()).isEmpty();
        assertThat(report.complete()).as("every schedule was tried").isTrue();
        assertThat(report.valid()).as("the demand exceeded the limit in some schedule").isTrue();
    }
}

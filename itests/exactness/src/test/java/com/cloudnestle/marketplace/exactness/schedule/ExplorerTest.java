package com.cloudnestle.marketplace.exactness.schedule;

import static com.cloudnestle.marketplace.exactness.schedule.FixedCatalog.perDay;
import static com.cloudnestle.marketplace.exactness.schedule.Operation.take;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.exactness.schedule.Exploration.Bounds;
import com.cloudnestle.marketplace.exactness.schedule.Exploration.Report;
import com.cloudnestle.marketplace.exactness.schedule.SampleQuota.Kind;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The explorer itself: how many orders it finds, and whether it tells a right counter from a wrong one. */
class ExplorerTest {

    /** None of these scenarios has so many. */
    private static final long MOST = 1_000;

    private static Scenario twoNodes(String customerOfSecond) {
        return Scenario.named("two nodes, two calls each")
                .limit(perDay(2))
                .on(0, take(), take())
                .on(1, take(customerOfSecond, 1), take(customerOfSecond, 1));
    }

    private static Report explore(Scenario scenario, Kind kind, boolean reduce) {
        return new Exploration(scenario, SampleQuota.maker(kind)).everySchedule(Bounds.schedules(MOST), reduce);
    }

    @Test
    void findsEveryOrderOfStepsThatMeet() {
        Report report = explore(twoNodes("ann"), Kind.RIGHT, true);

        // each script: its begin and two calls; the begins commute with everything: the orders of 2 + 2 calls
        assertThat(report.failures()).isEmpty();
        assertThat(report.complete()).isTrue();
        assertThat(report.schedules()).isEqualTo(6);
        assertThat(report.valid()).isTrue();
    }

    @Test
    void countsEveryOrderWhenNothingIsLeftOut() {
        assertThat(explore(twoNodes("ann"), Kind.RIGHT, false).schedules()).isEqualTo(20); // 3 + 3 steps
    }

    @Test
    void triesOnlyOneOrderOfStepsThatNeverMeet() {
        assertThat(explore(twoNodes("bob"), Kind.RIGHT, true).schedules()).isEqualTo(1);
    }

    @Test
    void addsEachFaultAtEachCall() {
        Scenario lonely = Scenario.named("one node").limit(perDay(1)).on(0, take(), take())
                .faults(1, Set.of(Fault.REFUSED, Fault.REPLY_LOST));

        assertThat(explore(lonely, Kind.RIGHT, true).schedules()).isEqualTo(1 + 2 * 2);
    }

    @Test
    void findsTheOneOrderInWhichTwoNodesSeeTheLastUnit() {
        Report report = explore(twoNodes("ann"), Kind.LOOKS_BEFORE_IT_TAKES, true);

        assertThat(report.failures()).singleElement().asString().contains("the store counts 3 of 2");
    }

    @Test
    void findsAnAnswerThatTheStoreDidNotCount() {
        Scenario lossy = twoNodes("ann").faults(1, Set.of(Fault.REQUEST_LOST));

        assertThat(explore(lossy, Kind.RIGHT, true).failures()).isEmpty();
        assertThat(explore(lossy, Kind.TAKES_UNKNOWN_FOR_YES, true).failures())
                .singleElement().asString().contains("but the store has counted");
    }

}

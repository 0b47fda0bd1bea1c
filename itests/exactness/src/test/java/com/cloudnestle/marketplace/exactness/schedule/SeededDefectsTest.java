package com.cloudnestle.marketplace.exactness.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.exactness.schedule.Exploration.Bounds;
import com.cloudnestle.marketplace.exactness.schedule.Exploration.Report;
import com.cloudnestle.marketplace.quota.internal.exactness.RealEngine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A checker that finds nothing proves nothing: each mistake is found by a named scenario that the sound engine passes. */
class SeededDefectsTest {

    @ParameterizedTest
    @EnumSource
    void isFoundBySomeSchedule(SeededDefect defect) throws ReflectiveOperationException {
        Report sound = new Exploration(defect.scenario(), new RealEngine()).everySchedule(Bounds.seconds(30));
        Report broken = new Exploration(defect.scenario(), defect.engine()).everySchedule(Bounds.seconds(30));

        assertThat(sound.failures()).isEmpty();
        assertThat(broken.failures()).as(defect + " in " + broken.line()).hasSize(1);
        System.out.println(defect + ": schedule " + broken.schedules() + " of " + broken.scenario() + ": "
                + broken.failures().get(0).lines().findFirst().orElse(""));
    }
}

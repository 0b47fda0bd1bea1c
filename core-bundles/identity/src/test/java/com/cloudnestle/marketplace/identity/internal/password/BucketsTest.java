package com.cloudnestle.marketplace.identity.internal.password;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.testing.ManualClock;
import com.cloudnestle.marketplace.testing.Together;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BucketsTest {

    private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final Buckets buckets = new Buckets(clock, 6, Duration.ofHours(1));

    private int takeAll(String key) {
        int taken = 0;
        while (buckets.take(key).isEmpty()) {
            taken++;
        }
        return taken;
    }

    @Test
    void givesAllAtOnceThenAtAnEvenPace() {
        assertThat(takeAll("a")).isEqualTo(6);
        assertThat(buckets.take("a")).contains(Duration.ofMinutes(10));
        clock.advance(Duration.ofMinutes(9));
        assertThat(buckets.take("a")).contains(Duration.ofMinutes(1));
        clock.advance(Duration.ofMinutes(1));
        assertThat(takeAll("a")).isEqualTo(1);
        clock.advance(Duration.ofHours(10));
        assertThat(takeAll("a")).isEqualTo(6);
        assertThat(takeAll("b")).isEqualTo(6);
    }

    @Test
    void takesBackWhatWasGivenBack() {
        takeAll("a");

        buckets.giveBack("a");

        assertThat(takeAll("a")).isEqualTo(1);
    }

    @Test
    void givesNoMoreToManyAtOnce() {
        assertThat(Together.run(24, () -> buckets.take("a").isEmpty())).filteredOn(taken -> taken).hasSize(6);
    }

    @Test
    void locksNobodyOutWhenTheClockWasTurnedBack() {
        takeAll("a");

        clock.advance(Duration.ofDays(-30));

        assertThat(buckets.take("a").orElseThrow()).isLessThanOrEqualTo(Duration.ofHours(1));
    }

    @Test
    void keepsABoundedNumberOfKeys() {
        for (int i = 0; i < 100_500; i++) {
            buckets.take("k" + i);
        }
        assertThat(buckets.size()).isLessThanOrEqualTo(100_000);
        clock.advance(Duration.ofDays(1));
        for (int i = 0; i < 500; i++) {
            buckets.take("n" + i);
        }
        assertThat(buckets.size()).isLessThanOrEqualTo(100_000);
    }
}

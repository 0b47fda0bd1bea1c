package com.cloudnestle.marketplace.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ManualClockTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void standsStillUntilItIsMovedEitherWay() {
        ManualClock clock = new ManualClock(NOON);
        assertThat(clock.instant()).isEqualTo(NOON);

        clock.advance(Duration.ofSeconds(5));
        assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(5));

        clock.advance(Duration.ofSeconds(-10));
        assertThat(clock.instant()).isEqualTo(NOON.minusSeconds(5));

        clock.set(Instant.EPOCH);
        assertThat(clock.instant()).isEqualTo(Instant.EPOCH);
    }
}

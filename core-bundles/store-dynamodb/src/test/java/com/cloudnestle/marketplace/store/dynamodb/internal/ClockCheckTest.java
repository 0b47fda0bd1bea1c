package com.cloudnestle.marketplace.store.dynamodb.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The service says 12:00:00 in each reply. */
final class ClockCheckTest {

    private static final String NOON = "Sun, 01 Mar 2026 12:00:00 GMT";
    private static final Instant AT_NOON = Instant.parse("2026-03-01T12:00:00Z");

    private String problem(Instant ours, Duration took) {
        ClockCheck check = new ClockCheck(new ManualClock(ours), Duration.ofSeconds(2), new Alerts(() -> 0));
        check.reply(NOON, took);
        return check.problem().orElse("none");
    }

    @Test
    void aReplyThatIsLongOnItsWayIsNoWrongClock() {
        assertThat(problem(AT_NOON.plusSeconds(6), Duration.ofSeconds(3))).isEqualTo("none");
        assertThat(problem(AT_NOON.plusSeconds(6), Duration.ofSeconds(2))).contains("3000 ms ahead of");
    }

    @Test
    void aClockBehindIsSeenHoweverLongTheReplyTook() {
        assertThat(problem(AT_NOON.minusSeconds(3), Duration.ofSeconds(30))).contains("3000 ms behind");
        assertThat(problem(AT_NOON.minusSeconds(2), Duration.ZERO)).isEqualTo("none");
    }
}

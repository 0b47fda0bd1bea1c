package com.cloudnestle.marketplace.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowTest {

    private static final Instant ANY = Instant.parse("2020-02-29T13:14:15Z");

    @Test
    void lifetimeNeverEndsAndAlwaysStartsAtTheEpoch() {
        Window lifetime = new Window.Lifetime();

        assertThat(lifetime.start(ANY, ANY)).isEqualTo(Instant.EPOCH);
        assertThat(lifetime.end(ANY, ANY)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "UTC,              2026-11-20T23:59:59.999Z, 2026-11-20T00:00:00Z, 2026-11-21T00:00:00Z",
        "UTC,              2026-11-21T00:00:00Z,     2026-11-21T00:00:00Z, 2026-11-22T00:00:00Z",
        "Asia/Kolkata,     2026-11-20T18:30:00Z,     2026-11-20T18:30:00Z, 2026-11-21T18:30:00Z",
        "Asia/Kolkata,     2026-11-20T18:29:59Z,     2026-11-19T18:30:00Z, 2026-11-20T18:30:00Z",
        "America/New_York, 2026-03-08T12:00:00Z,     2026-03-08T05:00:00Z, 2026-03-09T04:00:00Z",
        "America/New_York, 2026-11-01T12:00:00Z,     2026-11-01T04:00:00Z, 2026-11-02T05:00:00Z"
    })
    void dayRunsFromMidnightToMidnightInItsZoneAlsoWhenTheClocksChange(String zone, String now, String start, String end) {
        Window day = new Window.Day(ZoneId.of(zone));

        assertThat(day.start(Instant.parse(now), ANY)).isEqualTo(Instant.parse(start));
        assertThat(day.end(Instant.parse(now), ANY)).contains(Instant.parse(end));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T10:00:00Z, 2026-02-28T09:59:59Z, 2026-01-31T10:00:00Z, 2026-02-28T10:00:00Z",
        "2026-01-31T10:00:00Z, 2026-02-28T10:00:00Z, 2026-02-28T10:00:00Z, 2026-03-31T10:00:00Z",
        "2026-01-31T10:00:00Z, 2026-03-30T00:00:00Z, 2026-02-28T10:00:00Z, 2026-03-31T10:00:00Z",
        "2026-01-31T10:00:00Z, 2026-03-31T10:00:00Z, 2026-03-31T10:00:00Z, 2026-04-30T10:00:00Z",
        "2024-02-29T00:00:00Z, 2025-02-28T12:00:00Z, 2025-02-28T00:00:00Z, 2025-03-29T00:00:00Z",
        "2026-06-15T10:00:00Z, 2026-06-14T10:00:00Z, 2026-05-15T10:00:00Z, 2026-06-15T10:00:00Z"
    })
    void monthFollowsTheAnchorsDayAndClipsToShortMonths(String anchor, String now, String start, String end) {
        Window month = new Window.Month(ZoneOffset.UTC);

        assertThat(month.start(Instant.parse(now), Instant.parse(anchor))).isEqualTo(Instant.parse(start));
        assertThat(month.end(Instant.parse(now), Instant.parse(anchor))).contains(Instant.parse(end));
    }

    @Test
    void everyWindowContainsItsInstantAndTouchesTheNextOne() {
        Instant anchor = Instant.parse("2023-12-31T22:33:44Z");
        Window[] windows = {
            new Window.Day(ZoneId.of("Europe/Berlin")), new Window.Month(ZoneId.of("Europe/Berlin")), new Window.Days(30)
        };
        for (Window window : windows) {
            for (int hours = 0; hours < 24 * 800; hours += 7) {
                Instant now = anchor.plus(Duration.ofHours(hours));
                Instant end = window.end(now, anchor).orElseThrow();

                assertThat(window.start(now, anchor)).as("%s at %s", window, now).isBeforeOrEqualTo(now);
                assertThat(end).as("%s at %s", window, now).isAfter(now);
                assertThat(window.start(end, anchor)).as("%s after %s", window, now).isEqualTo(end);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-01T05:00:00Z, 2026-01-31T04:59:59Z, 2026-01-01T05:00:00Z",
        "2026-01-01T05:00:00Z, 2026-01-31T05:00:00Z, 2026-01-31T05:00:00Z",
        "2026-01-01T05:00:00Z, 2025-12-31T05:00:00Z, 2025-12-02T05:00:00Z"
    })
    void daysAreBlocksFromTheAnchor(String anchor, String now, String start) {
        assertThat(new Window.Days(30).start(Instant.parse(now), Instant.parse(anchor))).isEqualTo(Instant.parse(start));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 3661})
    void refusesBlocksOfNoOrTooManyDays(int days) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Window.Days(days));
    }
}

package com.cloudnestle.marketplace.payment.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When a provider is asked for a payment that it said nothing of: often while somebody may be waiting, then once a minute until the
 * end, then ever more seldom for as long as the provider may still change its mind.
 */
final class Ladder {

    static final Duration FIRST = Duration.ofSeconds(20);

    /** Until how long after the beginning, every how often. */
    private record Rung(Duration until, Duration every) {}

    private static final List<Rung> WHILE_OPEN = List.of(
            new Rung(Duration.ofSeconds(50), Duration.ofSeconds(3)),
            new Rung(Duration.ofSeconds(110), Duration.ofSeconds(6)),
            new Rung(Duration.ofSeconds(170), Duration.ofSeconds(10)),
            new Rung(Duration.ofSeconds(230), Duration.ofSeconds(30)));
    private static final Duration THEN = Duration.ofMinutes(1);
    private static final List<Rung> AFTERWARDS = List.of(
            new Rung(Duration.ofMinutes(10), Duration.ofMinutes(5)),
            new Rung(Duration.ofHours(1), Duration.ofMinutes(15)),
            new Rung(Duration.ofHours(6), Duration.ofHours(1)),
            new Rung(Duration.ofDays(1), Duration.ofHours(6)));
    private static final Duration IN_THE_END = Duration.ofDays(1);

    private Ladder() {}

    /** The next moment while a payment is open, which at first leads up to just after its end. */
    static Instant whileOpen(Instant begun, Instant ends, Instant now) {
        Instant over = ends.plus(Settlements.GRACE).plusSeconds(1);
        if (!now.isBefore(over)) {
            return now.plus(step(AFTERWARDS, Duration.between(ends, now), IN_THE_END));
        }
        Instant next = now.plus(step(WHILE_OPEN, Duration.between(begun, now), THEN));
        return next.isAfter(over) ? over : next;
    }

    /** The next moment after a payment ended without money; empty: it is watched no longer. */
    static Optional<Instant> afterwards(Instant ended, Instant now, int watchDays) {
        Instant next = now.plus(step(AFTERWARDS, Duration.between(ended, now), IN_THE_END));
        return next.isAfter(ended.plus(Duration.ofDays(watchDays))) ? Optional.empty() : Optional.of(next);
    }

    /** Half a minute, doubled each time up to {@code longest}. */
    static Duration backoff(long attempts, Duration longest) {
        Duration wait = Duration.ofSeconds(30).multipliedBy(1L << Math.min(attempts, 20));
        return wait.compareTo(longest) > 0 ? longest : wait;
    }

    private static Duration step(List<Rung> rungs, Duration age, Duration last) {
        return rungs.stream().filter(rung -> age.compareTo(rung.until()) < 0).map(Rung::every).findFirst().orElse(last);
    }
}

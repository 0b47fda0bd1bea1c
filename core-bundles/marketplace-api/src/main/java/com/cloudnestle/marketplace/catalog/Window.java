package com.cloudnestle.marketplace.catalog;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;

/**
 * The stretch of time one limit counts in. A window is fixed, not sliding: it has a start that every node computes
 * alike, which is what makes exact counting possible with one write.
 */
public sealed interface Window {

    /** Stable short name, used in storage and on the wire: {@code lifetime}, {@code day}, {@code month}, {@code days-30}. */
    String name();

    /**
     * Start of the window that contains {@code now}.
     *
     * @param anchor when the entitlement began; windows that follow the customer's own calendar count from here
     */
    Instant start(Instant now, Instant anchor);

    /** When the window that contains {@code now} ends and counting starts anew; empty if it never does. */
    Optional<Instant> end(Instant now, Instant anchor);

    /** Counts for ever. */
    record Lifetime() implements Window {
        @Override
        public String name() {
            return "lifetime";
        }

        @Override
        public Instant start(Instant now, Instant anchor) {
            return Instant.EPOCH;
        }

        @Override
        public Optional<Instant> end(Instant now, Instant anchor) {
            return Optional.empty();
        }
    }

    /** A calendar day, midnight to midnight in {@code zone} (also when daylight saving makes it 23 or 25 hours). */
    record Day(ZoneId zone) implements Window {
        public Day {
            Objects.requireNonNull(zone);
        }

        @Override
        public String name() {
            return "day";
        }

        @Override
        public Instant start(Instant now, Instant anchor) {
            return now.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
        }

        @Override
        public Optional<Instant> end(Instant now, Instant anchor) {
            return Optional.of(now.atZone(zone).toLocalDate().plusDays(1).atStartOfDay(zone).toInstant());
        }
    }

    /**
     * A month that begins on the anchor's day of month, at the anchor's time of day in {@code zone}; where a month is
     * too short (31 January), on its last day.
     */
    record Month(ZoneId zone) implements Window {
        public Month {
            Objects.requireNonNull(zone);
        }

        @Override
        public String name() {
            return "month";
        }

        @Override
        public Instant start(Instant now, Instant anchor) {
            return anchor.atZone(zone).plusMonths(monthsBetween(now, anchor)).toInstant();
        }

        @Override
        public Optional<Instant> end(Instant now, Instant anchor) {
            return Optional.of(anchor.atZone(zone).plusMonths(monthsBetween(now, anchor) + 1).toInstant());
        }

        private long monthsBetween(Instant now, Instant anchor) {
            ZonedDateTime from = anchor.atZone(zone);
            long months = ChronoUnit.MONTHS.between(from, now.atZone(zone));
            // plusMonths clips to the last day of a short month, which MONTHS.between does not count as whole
            while (!from.plusMonths(months + 1).toInstant().isAfter(now)) {
                months++;
            }
            while (from.plusMonths(months).toInstant().isAfter(now)) {
                months--;
            }
            return months;
        }
    }

    /** Blocks of {@code days} times 24 hours, counted from the anchor. */
    record Days(int days) implements Window {
        public Days {
            if (days < 1 || days > 3660) {
                throw new IllegalArgumentException("days must be 1 to 3660, was " + days);
            }
        }

        @Override
        public String name() {
            return "days-" + days;
        }

        @Override
        public Instant start(Instant now, Instant anchor) {
            long lengthSeconds = Duration.ofDays(days).toSeconds();
            long elapsed = now.getEpochSecond() - anchor.getEpochSecond();
            return Instant.ofEpochSecond(anchor.getEpochSecond() + Math.floorDiv(elapsed, lengthSeconds) * lengthSeconds);
        }

        @Override
        public Optional<Instant> end(Instant now, Instant anchor) {
            return Optional.of(start(now, anchor).plus(Duration.ofDays(days)));
        }
    }
}

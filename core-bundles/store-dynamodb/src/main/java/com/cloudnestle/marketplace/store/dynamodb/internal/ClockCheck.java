package com.cloudnestle.marketplace.store.dynamodb.internal;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * Compares our clock with that of the service, which each reply's header {@code Date} tells in whole seconds. Days of
 * quotas begin by our clock, so a node whose clock is wrong would open them early.
 */
final class ClockCheck {

    private static final Duration HEADER_STEP = Duration.ofSeconds(1);

    private final InstantSource clock;
    private final Duration most;
    private final Alerts alerts;
    private volatile Duration skew = Duration.ZERO;

    /** @param most the largest difference that is allowed; zero: any */
    ClockCheck(InstantSource clock, Duration most, Alerts alerts) {
        this.clock = clock;
        this.most = most;
        this.alerts = alerts;
    }

    /**
     * To be told of each reply as it arrives.
     *
     * @param took since the request began: so long, at most, the reply was on its way
     */
    void reply(String dateHeader, Duration took) {
        if (most.isZero()) {
            return;
        }
        try {
            Instant theirs = ZonedDateTime.parse(dateHeader, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            skew = beyondDoubt(clock.instant(), theirs, took);
            problem().ifPresent(problem -> alerts.warn("store_clock_skew", problem));
        } catch (DateTimeException e) {
            alerts.warn("store_date_unreadable", dateHeader);
        }
    }

    /** How far ahead (or, negative, behind) ours is at least: theirs may be up to a second later than the header says. */
    private static Duration beyondDoubt(Instant ours, Instant theirs, Duration took) {
        Duration ahead = Duration.between(theirs.plus(HEADER_STEP).plus(took), ours);
        Duration behind = Duration.between(ours, theirs);
        return !ahead.isNegative() ? ahead : !behind.isNegative() ? behind.negated() : Duration.ZERO;
    }

    /** What is wrong with our clock by the last reply; empty if nothing is. */
    Optional<String> problem() {
        Duration now = skew;
        if (most.isZero() || now.abs().compareTo(most) <= 0) {
            return Optional.empty();
        }
        return Optional.of("this node's clock is " + now.abs().toMillis() + " ms " + (now.isNegative() ? "behind" : "ahead of")
                + " the service's, allowed are " + most.toMillis() + " ms: synchronise it (NTP)");
    }
}

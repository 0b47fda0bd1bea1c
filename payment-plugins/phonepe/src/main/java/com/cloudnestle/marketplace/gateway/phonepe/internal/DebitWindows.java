package com.cloudnestle.marketplace.gateway.phonepe.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;

/** The times of day at which mandates are collected, by rule of the payment network, in Indian time: 21:31-09:59 and 13:01-16:59. */
final class DebitWindows {

    /** India has one time and does not change it. */
    private static final ZoneOffset INDIA = ZoneOffset.ofHoursMinutes(5, 30);
    private static final LocalTime MORNING_END = LocalTime.of(10, 0);
    private static final LocalTime AFTERNOON = LocalTime.of(13, 1);
    private static final LocalTime AFTERNOON_END = LocalTime.of(17, 0);
    private static final LocalTime EVENING = LocalTime.of(21, 31);

    private DebitWindows() {}

    /** How long until a debit is allowed; zero: now. */
    static Duration untilOpen(Instant now) {
        LocalTime time = now.atOffset(INDIA).toLocalTime();
        if (time.isBefore(MORNING_END) || !time.isBefore(AFTERNOON) && time.isBefore(AFTERNOON_END) || !time.isBefore(EVENING)) {
            return Duration.ZERO;
        }
        return Duration.between(time, time.isBefore(AFTERNOON) ? AFTERNOON : EVENING);
    }
}

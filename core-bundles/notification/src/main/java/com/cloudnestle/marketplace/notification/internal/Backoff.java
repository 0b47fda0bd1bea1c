package com.cloudnestle.marketplace.notification.internal;

import java.time.Duration;

/** Waits that double with each failure, up to a longest one. */
record Backoff(Duration first, Duration longest) {

    /** @param failures in a row, at least 1 */
    Duration after(long failures) {
        int doublings = (int) Math.min(Math.max(0, failures - 1), 30);
        Duration wait = first.multipliedBy(1L << doublings);
        return wait.compareTo(longest) < 0 ? wait : longest;
    }
}

package com.cloudnestle.marketplace.payment.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * When this node began its last look at a payment that the provider answered. Such a look shows all that happened before it began, so
 * notifications that had come by then need none of their own: of a payment that is told of in four notifications, or of hundreds that
 * were sent again after an outage, one look is enough. Thread-safe.
 */
final class Looks {

    static final int MOST = 10_000;
    /** A clock that was set back cannot make a look seem newer than what came after it for longer than this. */
    static final Duration KEPT = Duration.ofMinutes(1);

    private final Map<String, Instant> begun = new LinkedHashMap<>();

    /** The provider answered a look at the payment that began then. */
    synchronized void answered(String paymentId, Instant began) {
        Instant before = begun.remove(paymentId);
        begun.put(paymentId, before == null || began.isAfter(before) ? began : before);
        if (begun.size() > MOST) {
            Iterator<String> oldest = begun.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    /** Whether a look that is known here began after the moment, which is not long ago. */
    synchronized boolean since(String paymentId, Instant moment, Instant now) {
        Instant began = begun.get(paymentId);
        return began != null && began.isAfter(moment) && !began.isAfter(now) && now.isBefore(began.plus(KEPT));
    }
}

package com.cloudnestle.marketplace.payment.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which payments this node asked a provider about a moment ago. Asking is dear, and whoever only wants to know how things stand can be
 * told from the store then. A payment that is not remembered any more is asked about once more, which does no harm. Thread-safe.
 */
final class RecentAsks {

    static final Duration MOMENT = Duration.ofSeconds(2);
    static final int MOST = 10_000;

    private final InstantSource clock;
    /** In the order in which they were asked about. */
    private final Map<String, Instant> asked = new LinkedHashMap<>();

    RecentAsks(InstantSource clock) {
        this.clock = clock;
    }

    synchronized void note(String paymentId) {
        Instant now = clock.instant();
        asked.remove(paymentId);
        asked.put(paymentId, now);
        Iterator<Instant> oldest = asked.values().iterator();
        while (oldest.hasNext() && (!recent(oldest.next(), now) || asked.size() > MOST)) {
            oldest.remove();
        }
    }

    /** Whether nobody asked a moment ago; whoever is told so asks now. Of several who want to know at once, one is. */
    synchronized boolean claim(String paymentId) {
        Instant before = asked.get(paymentId);
        if (before != null && recent(before, clock.instant())) {
            return false;
        }
        note(paymentId);
        return true;
    }

    /** A clock that was set back makes nothing recent. */
    private static boolean recent(Instant then, Instant now) {
        return !then.isAfter(now) && now.isBefore(then.plus(MOMENT));
    }

    synchronized int size() {
        return asked.size();
    }
}

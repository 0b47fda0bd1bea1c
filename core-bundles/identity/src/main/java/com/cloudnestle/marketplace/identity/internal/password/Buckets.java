package com.cloudnestle.marketplace.identity.internal.password;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * So many of something in a period, by key: all at once if need be, then at an even pace. Kept as the time at which a key
 * would be full again (the generic cell rate algorithm), which is one number. Bounded: when there are too many keys, those
 * that have recovered go first, then any. Thread-safe.
 */
final class Buckets {

    private static final int MAX_KEYS = 100_000;

    /** Epoch milliseconds at which the key has recovered. */
    private final Map<String, Long> recovered = new ConcurrentHashMap<>();
    private final InstantSource clock;
    private final long paceMillis;
    private final long periodMillis;

    Buckets(InstantSource clock, int limit, Duration period) {
        if (limit < 1) {
            throw new IllegalArgumentException("a limit must be at least 1, was " + limit);
        }
        this.clock = clock;
        this.periodMillis = period.toMillis();
        this.paceMillis = Math.max(1, periodMillis / limit);
    }

    /** Empty: taken. Otherwise how long until there is one. */
    Optional<Duration> take(String key) {
        long now = clock.millis();
        AtomicLong wait = new AtomicLong();
        recovered.compute(key, (same, old) -> {
            // A clock that was turned back must not lock anybody out for longer than one period.
            long from = old == null ? now : Math.min(Math.max(old, now), now + periodMillis);
            long after = from + paceMillis;
            wait.set(after - now - periodMillis);
            return wait.get() > 0 ? Long.valueOf(from) : Long.valueOf(after);
        });
        if (recovered.size() > MAX_KEYS) {
            sweep(now);
        }
        return wait.get() > 0 ? Optional.of(Duration.ofMillis(wait.get())) : Optional.empty();
    }

    void giveBack(String key) {
        recovered.computeIfPresent(key, (same, old) -> old - paceMillis);
    }

    int size() {
        return recovered.size();
    }

    private synchronized void sweep(long now) {
        recovered.values().removeIf(time -> time <= now);
        Iterator<String> any = recovered.keySet().iterator();
        while (recovered.size() > MAX_KEYS && any.hasNext()) {
            any.next();
            any.remove();
        }
    }
}

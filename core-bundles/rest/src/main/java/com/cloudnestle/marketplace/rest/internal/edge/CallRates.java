package com.cloudnestle.marketplace.rest.internal.edge;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often somebody may call in a minute, counted on this node. It keeps floods off; what must hold exactly and across nodes,
 * such as trials of passwords, is counted where it happens.
 */
final class CallRates {

    static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MAX_KEYS = 50_000;

    /**
     * @param name of the policy
     * @param allowed whether this call is within the limit
     * @param remaining calls left until {@code resets}
     */
    record Rate(String name, boolean allowed, int limit, int remaining, Duration resets) {
        String policy() {
            return "\"" + name + "\";q=" + limit + ";w=" + WINDOW.toSeconds();
        }

        String state() {
            return "\"" + name + "\";r=" + remaining + ";t=" + seconds();
        }

        /** Rounded up: who waits so long gets in. */
        long seconds() {
            return Math.max(1, resets.plusMillis(999).toSeconds());
        }
    }

    private static final class Count {
        private final Instant began;
        private int calls;

        private Count(Instant began) {
            this.began = began;
        }
    }

    /** Those who began last at the end, so that the oldest go first when there are too many. */
    private final Map<String, Count> counts = new LinkedHashMap<>();
    private final String name;
    private final InstantSource clock;
    private final int limit;

    /** @param name of the policy, as callers see it */
    CallRates(String name, InstantSource clock, int limit) {
        this.name = name;
        this.clock = clock;
        this.limit = limit;
    }

    synchronized Rate count(String key) {
        Instant now = clock.instant();
        Count count = counts.get(key);
        if (count == null || !now.isBefore(count.began.plus(WINDOW)) || now.isBefore(count.began)) {
            counts.remove(key);
            makeRoom();
            count = new Count(now);
            counts.put(key, count);
        }
        boolean allowed = count.calls < limit;
        count.calls += allowed ? 1 : 0;
        return new Rate(name, allowed, limit, limit - count.calls, Duration.between(now, count.began.plus(WINDOW)));
    }

    private void makeRoom() {
        if (counts.size() >= MAX_KEYS) {
            counts.remove(counts.keySet().iterator().next());
        }
    }
}

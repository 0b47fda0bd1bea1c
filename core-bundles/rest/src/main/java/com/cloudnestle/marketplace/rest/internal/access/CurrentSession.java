package com.cloudnestle.marketplace.rest.internal.access;

import java.util.Optional;

/**
 * The session's secret of the request that this thread serves. Only the edge's filter sets it, after it has made sure that no
 * other site is behind the request: where the filter did not look, no cookie counts.
 */
public final class CurrentSession {

    private static final ThreadLocal<String> SECRET = new ThreadLocal<>();

    private CurrentSession() {}

    static Optional<String> secret() {
        return Optional.ofNullable(SECRET.get());
    }

    /** Until {@link #clear}. */
    public static void set(String secret) {
        SECRET.set(secret);
    }

    public static void clear() {
        SECRET.remove();
    }
}

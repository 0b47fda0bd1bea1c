package com.cloudnestle.marketplace.solution;

import java.util.Objects;

/**
 * How a solution is.
 *
 * @param ok whether it can serve
 * @param message for operators, e.g. "146 documents indexed"
 */
public record SolutionHealth(boolean ok, String message) {
    public SolutionHealth {
        Objects.requireNonNull(message);
    }

    public static SolutionHealth healthy() {
        return new SolutionHealth(true, "ok");
    }

    public static SolutionHealth healthy(String message) {
        return new SolutionHealth(true, message);
    }

    public static SolutionHealth failing(String message) {
        return new SolutionHealth(false, message);
    }
}

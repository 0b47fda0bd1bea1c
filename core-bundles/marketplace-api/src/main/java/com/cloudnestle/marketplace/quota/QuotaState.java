package com.cloudnestle.marketplace.quota;

import com.cloudnestle.marketplace.catalog.Limit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where a subject stands with one action of one solution.
 *
 * @param solutionId the id, never an alias
 * @param windows one per limit of the tier; empty if the tier does not include the action
 * @param validUntil when the tier's validity ends, if it has one
 */
public record QuotaState(
        String solutionId, String action, String tier, List<WindowState> windows, Optional<Instant> validUntil) {

    public QuotaState {
        windows = List.copyOf(windows);
    }

    /**
     * @param window name of the window, e.g. {@code day}
     * @param limit units per window, -1 unlimited
     * @param used units taken in the present window
     * @param resetsAt when the window ends; empty for lifetime
     */
    public record WindowState(String window, long limit, long used, Optional<Instant> resetsAt) {
        /** Units left, -1 if unlimited; 0 also when a lowered limit is already exceeded. */
        public long remaining() {
            return limit == Limit.UNLIMITED ? -1 : Math.max(0, limit - used);
        }

        public boolean unlimited() {
            return limit == Limit.UNLIMITED;
        }
    }

    /** The window with least units left: the one to show. Empty if the tier does not include the action. */
    public Optional<WindowState> binding() {
        WindowState least = null;
        for (WindowState window : windows) {
            if (least == null || rank(window) < rank(least)) {
                least = window;
            }
        }
        return Optional.ofNullable(least);
    }

    private static long rank(WindowState window) {
        return window.unlimited() ? Long.MAX_VALUE : window.remaining();
    }

    /** The window with this name. */
    public Optional<WindowState> window(String name) {
        for (WindowState window : windows) {
            if (window.window().equals(name)) {
                return Optional.of(window);
            }
        }
        return Optional.empty();
    }

    /** Units left now, -1 if unlimited, 0 if the action is not included. */
    public long remaining() {
        return binding().map(WindowState::remaining).orElse(0L);
    }

    public boolean unlimited() {
        for (WindowState window : windows) {
            if (!window.unlimited()) {
                return false;
            }
        }
        return !windows.isEmpty();
    }
}

package com.cloudnestle.marketplace.quota;

import com.cloudnestle.marketplace.quota.QuotaState.WindowState;
import java.time.Instant;
import java.util.Objects;
import org.osgi.annotation.versioning.ConsumerType;

/** Registered as a service by who wants to know of quotas that are nearly used up. */
@ConsumerType
public interface QuotaListener {

    /** Share of a limit, in percent, from which on it counts as nearly used up. */
    int NEARLY_PERCENT = 80;

    /**
     * A customer has used {@link #NEARLY_PERCENT} % of a limit that leaves whole units above that (5 or more). Never too late;
     * too early by no more than the units that other nodes have counted ahead. Called for each counter and window at least
     * once, again after a restart or by another node: who acts on it makes sure of acting once. Called on a thread of its own
     * on which no decision waits; what is thrown is logged, and the call repeated after some seconds.
     */
    void nearlyUsedUp(Warning warning);

    /**
     * @param windowStart when the window began, which tells it apart from others of its name
     * @param window with the units used by then
     */
    record Warning(
            String customerId, String solutionId, String action, String tier, Instant windowStart, WindowState window) {
        public Warning {
            Objects.requireNonNull(customerId);
            Objects.requireNonNull(solutionId);
            Objects.requireNonNull(action);
            Objects.requireNonNull(tier);
            Objects.requireNonNull(windowStart);
            Objects.requireNonNull(window);
        }
    }
}

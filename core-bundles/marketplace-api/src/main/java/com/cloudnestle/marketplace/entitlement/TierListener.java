package com.cloudnestle.marketplace.entitlement;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** Registered as a service by who wants to know of customers that came to a higher tier. */
@ConsumerType
public interface TierListener {

    /**
     * A customer came to a higher tier, in whatever way. Kept with the change itself, so that no crash loses it, and told until
     * this returns, for a week at most; possibly more than once and by several nodes: {@link Raise#id()} is the same then.
     * Called on a thread of its own.
     */
    void raised(Raise raise);

    /**
     * @param id one for each change
     * @param previousTier empty: there was no entitlement
     */
    record Raise(
            String id, String customerId, String solutionId, Optional<String> previousTier, String tier, Instant at) {
        public Raise {
            Objects.requireNonNull(id);
            Objects.requireNonNull(customerId);
            Objects.requireNonNull(solutionId);
            Objects.requireNonNull(previousTier);
            Objects.requireNonNull(tier);
            Objects.requireNonNull(at);
        }
    }
}

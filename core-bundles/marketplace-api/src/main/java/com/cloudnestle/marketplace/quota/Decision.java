package com.cloudnestle.marketplace.quota;

import java.util.Objects;
import java.util.Optional;

/** The answer to an {@link AccessRequest}. A refusal is a value, not an error. */
public sealed interface Decision {

    /** The counters after this decision. */
    QuotaState state();

    /**
     * The units were taken, or would have been for a check.
     *
     * @param receipt hand it to {@link QuotaService#giveBack} if the work was not done; empty for checks and replays
     * @param replayed the idempotency key was seen before, so nothing was taken this time
     */
    record Allowed(QuotaState state, Optional<Receipt> receipt, boolean replayed) implements Decision {
        public Allowed {
            Objects.requireNonNull(state);
        }
    }

    /**
     * Nothing was taken.
     *
     * @param message one sentence for the end user
     * @param upgradeUrl where the end user can go on, relative to the marketplace's own address; empty if there is nothing above
     */
    record Denied(DenialReason reason, QuotaState state, String message, Optional<String> upgradeUrl) implements Decision {
        public Denied {
            Objects.requireNonNull(reason);
            Objects.requireNonNull(state);
            Objects.requireNonNull(message);
        }
    }

    /** What was taken, so that exactly that can be given back. Opaque; made by the quota service. */
    interface Receipt {}
}

package com.cloudnestle.marketplace.quota.internal;

import com.cloudnestle.marketplace.catalog.Limit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a tier says about one action, as far as counting is concerned. Two lookups that give equal rules count alike, and an
 * account keeps the first of them, so that later ones compare by identity.
 *
 * @param since when the tier began; null for a visitor, whose first use begins it
 */
record Rules(String tier, List<Limit> limits, OptionalInt validityDays, @Nullable Instant since) {

    Rules {
        limits = List.copyOf(limits);
    }

    /** The smallest limit; {@link Long#MAX_VALUE} if there is none. */
    long smallestLimit() {
        long smallest = Long.MAX_VALUE;
        for (Limit limit : limits) {
            if (!limit.unlimited()) {
                smallest = Math.min(smallest, limit.amount());
            }
        }
        return smallest;
    }

    Optional<Instant> validUntil(Instant anchor) {
        return validityDays.isPresent()
                ? Optional.of(anchor.plus(Duration.ofDays(validityDays.getAsInt())))
                : Optional.empty();
    }
}

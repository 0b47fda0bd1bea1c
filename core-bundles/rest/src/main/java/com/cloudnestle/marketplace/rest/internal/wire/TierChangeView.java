package com.cloudnestle.marketplace.rest.internal.wire;

import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.entitlement.EntitlementService.TierChange;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/** Answer of {@code PUT /api/user-tier}. No {@code previousTier}: the customer had no access before. */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
public record TierChangeView(
        String customerId,
        String userEmail,
        String solutionId,
        String accessTier,
        @Nullable String previousTier,
        boolean changed,
        String updatedAt) {

    public static TierChangeView of(TierChange change) {
        Entitlement entitlement = change.entitlement();
        return new TierChangeView(
                entitlement.customerId(),
                entitlement.email(),
                entitlement.solutionId(),
                entitlement.tier(),
                change.previousTier().orElse(null),
                change.changed(),
                entitlement.updatedAt().toString());
    }
}

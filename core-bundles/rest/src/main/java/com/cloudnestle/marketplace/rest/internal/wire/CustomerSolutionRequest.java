package com.cloudnestle.marketplace.rest.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/**
 * Body of calls of the operator about one customer and one solution.
 *
 * @param accessTier only for {@code PUT /api/user-tier}
 */
@JsonNaming(SnakeCaseStrategy.class)
public record CustomerSolutionRequest(
        @Nullable String customerId,
        @Nullable String userEmail,
        @Nullable String solutionId,
        @Nullable String accessTier) {}

package com.cloudnestle.marketplace.rest.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/** Body of {@code POST /api/generate-solution-token}. */
@JsonNaming(SnakeCaseStrategy.class)
public record GenerateTokenRequest(
        @Nullable String userEmail, @Nullable String solutionId, @Nullable String accessTier) {}

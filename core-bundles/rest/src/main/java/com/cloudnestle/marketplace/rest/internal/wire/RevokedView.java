package com.cloudnestle.marketplace.rest.internal.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/**
 * Answer of {@code DELETE /api/revoke-token}.
 *
 * @param tokenId null if all tokens of one customer and solution were revoked
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
public record RevokedView(boolean revoked, @Nullable String tokenId, String customerId, String solutionId) {}

package com.cloudnestle.marketplace.rest.internal.wire;

import com.cloudnestle.marketplace.entitlement.SolutionTokens.TokenHolder;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answer of {@code GET /api/user-context}: who somebody is and what they may use.
 *
 * @param solutionId the solution of the token the call was made with; null for other callers, as are the next two
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
public record UserContextView(
        String customerId,
        String userEmail,
        String createdAt,
        @Nullable String solutionId,
        @Nullable String accessTier,
        @Nullable TokenInfo token,
        List<UserSolutionView> solutions) {

    /** The token of the call, without its secret. No {@code expiresAt}: permanent. */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record TokenInfo(String tokenId, String createdAt, @Nullable String expiresAt) {
        public static TokenInfo of(TokenHolder holder) {
            return new TokenInfo(
                    holder.tokenId(),
                    holder.issuedAt().toString(),
                    holder.expiresAt().map(Instant::toString).orElse(null));
        }
    }
}

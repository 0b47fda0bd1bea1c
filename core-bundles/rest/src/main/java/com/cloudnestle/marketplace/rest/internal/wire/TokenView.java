package com.cloudnestle.marketplace.rest.internal.wire;

import com.cloudnestle.marketplace.entitlement.SolutionTokens.IssuedToken;
import com.cloudnestle.marketplace.entitlement.SolutionTokens.TokenHolder;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A solution token with its secret.
 *
 * @param expiresAt null: permanent
 * @param created whether this call made it
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
public record TokenView(
        String token,
        String tokenId,
        String userEmail,
        String customerId,
        String solutionId,
        String accessTier,
        String createdAt,
        @Nullable String expiresAt,
        boolean created) {

    public static TokenView of(IssuedToken issued, String tier) {
        TokenHolder holder = issued.holder();
        return new TokenView(
                issued.token(),
                holder.tokenId(),
                holder.email(),
                holder.customerId(),
                holder.solutionId(),
                tier,
                holder.issuedAt().toString(),
                holder.expiresAt().map(Instant::toString).orElse(null),
                issued.newlyMade());
    }

    @Override
    public String toString() {
        return "TokenView[" + tokenId + "]"; // the secret stays out of logs
    }
}

package com.cloudnestle.marketplace.rest.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/**
 * Body of refresh, rotate and revoke: a token, or, for the operator and the solution's own key, whose token it is.
 *
 * @param graceSeconds rotate only: how long the token before works on; null: not at all
 */
@JsonNaming(SnakeCaseStrategy.class)
public record TokenRequest(
        @Nullable String token,
        @Nullable String customerId,
        @Nullable String userEmail,
        @Nullable String solutionId,
        @Nullable Long graceSeconds) {

    /** What an empty body means. */
    public static final TokenRequest EMPTY = new TokenRequest(null, null, null, null, null);

    /** Whether the body names a customer instead of a token. */
    public boolean namesCustomer() {
        return customerId != null || userEmail != null;
    }

    @Override
    public String toString() {
        return "TokenRequest[…]"; // the token stays out of logs
    }
}

package com.cloudnestle.marketplace.rest.internal.decision;

import org.jspecify.annotations.Nullable;

/**
 * The body of validate and track-usage: everything any of the documented forms of these calls may carry.
 *
 * @param token the user's solution token; may come as Bearer instead
 * @param userEmail optional; must then be the token's own user
 * @param customerId instead of a token, for a solution's own key or the operator
 * @param action which meter; null: the solution's default
 * @param checkOnly look, take nothing
 * @param anonymous a visitor the solution saw, for a solution's own key or the operator
 */
record DecisionRequest(
        @Nullable String token,
        @Nullable String solutionId,
        @Nullable String userEmail,
        @Nullable String customerId,
        @Nullable String action,
        boolean checkOnly,
        long units,
        @Nullable String idempotencyKey,
        @Nullable VisitorClaim anonymous) {

    /** An address and a device as the solution saw them. */
    record VisitorClaim(@Nullable String ip, @Nullable String deviceId) {}

    @Override
    public String toString() {
        return "DecisionRequest[" + solutionId + "]"; // the token stays out of logs
    }
}

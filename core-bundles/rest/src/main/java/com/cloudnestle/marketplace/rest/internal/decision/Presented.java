package com.cloudnestle.marketplace.rest.internal.decision;

import org.jspecify.annotations.Nullable;

/**
 * What a request shows beside its body.
 *
 * @param authorization the Authorization header
 * @param idempotencyKey the Idempotency-Key header
 * @param remoteAddress literal address of the socket's other end; null where nobody may come without a credential,
 *     and beside a token in the body
 * @param deviceId the x-device-id header
 */
record Presented(
        @Nullable String authorization,
        @Nullable String idempotencyKey,
        @Nullable String remoteAddress,
        @Nullable String deviceId) {

    @Override
    public String toString() {
        return "Presented[…]"; // credentials stay out of logs
    }
}

package com.cloudnestle.marketplace.payment;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A payment as the platform recorded it, never as somebody says it is.
 *
 * @param providerOrderId empty if the provider's answer to the opening was never seen
 * @param providerPaymentId the successful attempt, once known
 */
public record Expected(
        String paymentId,
        Optional<String> providerOrderId,
        Optional<String> providerPaymentId,
        Money amount,
        String customerId,
        Instant createdAt,
        Instant expiresAt) {

    public Expected {
        Objects.requireNonNull(paymentId);
        Objects.requireNonNull(providerOrderId);
        Objects.requireNonNull(providerPaymentId);
        Objects.requireNonNull(amount);
        Objects.requireNonNull(customerId);
        Objects.requireNonNull(createdAt);
        Objects.requireNonNull(expiresAt);
    }
}

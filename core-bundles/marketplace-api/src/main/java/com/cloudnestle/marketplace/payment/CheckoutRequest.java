package com.cloudnestle.marketplace.payment;

import java.net.URI;
import java.time.Instant;
import java.util.Objects;

/**
 * What is to be paid.
 *
 * @param paymentId the platform's key: at most 34 of {@code A-Z a-z 0-9 _ -}, so that it fits every provider
 * @param amount with tax, more than 0
 * @param description shown to the buyer by the provider, at most 100 characters
 * @param customerId the buyer, {@code cus_…}
 * @param email the buyer's address, for the provider's receipt
 * @param buyerName may be empty
 * @param returnUrl where the buyer's browser goes afterwards
 * @param expiresAt until when it can be paid
 */
public record CheckoutRequest(
        String paymentId,
        Money amount,
        String description,
        String customerId,
        String email,
        String buyerName,
        URI returnUrl,
        Instant expiresAt) {

    public CheckoutRequest {
        Objects.requireNonNull(returnUrl);
        Objects.requireNonNull(expiresAt);
        if (!paymentId.matches("[A-Za-z0-9_-]{1,34}")) {
            throw new IllegalArgumentException("paymentId must be 1 to 34 of A-Z, a-z, 0-9, '_' and '-'");
        }
        if (amount.minor() < 1) {
            throw new IllegalArgumentException("amount must be more than 0, was " + amount);
        }
        if (description.length() > 100) {
            throw new IllegalArgumentException("description must have at most 100 characters");
        }
    }

    @Override
    public String toString() {
        return "CheckoutRequest[" + paymentId + ", " + amount + "]"; // people stay out of logs
    }
}

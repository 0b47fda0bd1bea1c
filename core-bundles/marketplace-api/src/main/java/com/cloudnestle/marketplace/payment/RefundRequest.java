package com.cloudnestle.marketplace.payment;

import java.util.Objects;

/**
 * Money to give back.
 *
 * @param refundId the platform's key: 10 to 34 of {@code A-Z a-z 0-9 _ -}
 * @param payment what was paid; its provider keys are known
 * @param amount more than 0, at most what was paid
 * @param reason for the provider's records, at most 100 characters
 */
public record RefundRequest(String refundId, Expected payment, Money amount, String reason) {

    public RefundRequest {
        Objects.requireNonNull(payment);
        if (!refundId.matches("[A-Za-z0-9_-]{10,34}")) {
            throw new IllegalArgumentException("refundId must be 10 to 34 of A-Z, a-z, 0-9, '_' and '-'");
        }
        if (amount.minor() < 1 || amount.compareTo(payment.amount()) > 0) {
            throw new IllegalArgumentException("a refund is more than 0 and at most what was paid, was " + amount);
        }
        if (reason.length() > 100) {
            throw new IllegalArgumentException("reason must have at most 100 characters");
        }
    }
}

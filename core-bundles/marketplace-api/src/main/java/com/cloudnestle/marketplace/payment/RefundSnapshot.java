package com.cloudnestle.marketplace.payment;

import java.util.Objects;

/**
 * What the provider said of a refund at one moment.
 *
 * @param providerRefundId the provider's key of it
 * @param amount in the provider's words
 * @param failure the provider's code of a failure, for operators; may be empty
 */
public record RefundSnapshot(String refundId, String providerRefundId, State state, Money amount, String failure) {

    public RefundSnapshot {
        Objects.requireNonNull(refundId);
        Objects.requireNonNull(providerRefundId);
        Objects.requireNonNull(state);
        Objects.requireNonNull(amount);
        Objects.requireNonNull(failure);
    }

    public enum State {
        PENDING,
        PROCESSED,
        FAILED
    }
}

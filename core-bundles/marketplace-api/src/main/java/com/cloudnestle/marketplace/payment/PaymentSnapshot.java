package com.cloudnestle.marketplace.payment;

import java.util.Objects;
import java.util.Optional;

/**
 * What the provider said of a payment at one moment.
 *
 * @param paymentId the platform's key, as the provider has it or as it was asked for
 * @param providerOrderId the provider's key
 * @param providerPaymentId of the attempt that succeeded, else of the latest; empty if there was none
 * @param amount what was, or is to be, paid, in the provider's words and not those of the request
 * @param account the merchant account the provider names; empty where it names none
 * @param refunded given back so far
 * @param fee what the provider keeps, if it says so
 * @param method for people, e.g. {@code UPI}; no account or card numbers; may be empty
 * @param failure the provider's code of a failure, for operators; may be empty
 */
public record PaymentSnapshot(
        String paymentId,
        String providerOrderId,
        Optional<String> providerPaymentId,
        State state,
        Money amount,
        Optional<String> account,
        Money refunded,
        Optional<Money> fee,
        String method,
        String failure) {

    public PaymentSnapshot {
        Objects.requireNonNull(paymentId);
        Objects.requireNonNull(providerOrderId);
        Objects.requireNonNull(providerPaymentId);
        Objects.requireNonNull(state);
        Objects.requireNonNull(amount);
        Objects.requireNonNull(account);
        Objects.requireNonNull(refunded);
        Objects.requireNonNull(fee);
        Objects.requireNonNull(method);
        Objects.requireNonNull(failure);
    }

    public enum State {
        /** Nobody has tried to pay yet. */
        CREATED,
        /** Somebody is trying. */
        PENDING,
        /** Promised by the buyer's bank and not yet collected. */
        AUTHORIZED,
        /** Collected. Stays so when money is given back. */
        CAPTURED,
        FAILED,
        EXPIRED,
        /** The provider said something that has no name here; to be asked again. */
        UNKNOWN
    }
}

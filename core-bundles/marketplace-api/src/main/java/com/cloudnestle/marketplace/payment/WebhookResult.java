package com.cloudnestle.marketplace.payment;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a gateway makes of a notification. */
public sealed interface WebhookResult {

    /** How far the sender is known. Nothing is granted on a notification alone: the provider is asked. */
    enum Trust {
        /** The signature covers every byte of the body. */
        SIGNED_BODY,
        /** The sender knows a secret, but the body could be anybody's who saw it once. */
        SHARED_SECRET_HEADER
    }

    /** What a notification is about. */
    enum Subject {
        PAYMENT,
        REFUND,
        MANDATE,
        DISPUTE,
        /** Genuine, and nothing that concerns payments here. */
        OTHER
    }

    /**
     * Genuine.
     *
     * @param event the provider's name of it, e.g. {@code payment.captured}
     * @param duplicateKeys a notification is done once per key: at least one that follows from what was authenticated, e.g. of
     *     the event, the object and its state, so that no header can make a copy look new; each at most 200 characters
     * @param paymentId the platform's key, where the notification names it
     * @param providerOrderId the provider's key of the payment, where named
     * @param refundId the platform's key of a refund, where named
     * @param providerRefundId the provider's key of a refund, where named
     */
    record Accepted(
            Trust trust,
            Subject subject,
            String event,
            List<String> duplicateKeys,
            Optional<String> paymentId,
            Optional<String> providerOrderId,
            Optional<String> refundId,
            Optional<String> providerRefundId)
            implements WebhookResult {

        public Accepted {
            Objects.requireNonNull(trust);
            Objects.requireNonNull(subject);
            Objects.requireNonNull(event);
            Objects.requireNonNull(paymentId);
            Objects.requireNonNull(providerOrderId);
            Objects.requireNonNull(refundId);
            Objects.requireNonNull(providerRefundId);
            duplicateKeys = List.copyOf(duplicateKeys);
            if (duplicateKeys.isEmpty() || duplicateKeys.stream().anyMatch(key -> key.isEmpty() || key.length() > 200)) {
                throw new IllegalArgumentException("at least one duplicate key, each of 1 to 200 characters");
            }
        }
    }

    /**
     * Not genuine.
     *
     * @param reason for operators; says nothing that helps a forger
     */
    record Rejected(String reason) implements WebhookResult {
        public Rejected {
            Objects.requireNonNull(reason);
        }
    }

    /** Has no mark of this provider, or is meant for another account: another gateway may know it. */
    record NotForUs() implements WebhookResult {}
}

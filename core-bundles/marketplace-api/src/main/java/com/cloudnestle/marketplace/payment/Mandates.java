package com.cloudnestle.marketplace.payment;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** Payments that repeat with the buyer's standing consent. Rules of {@link PaymentGateway} hold here, too. */
@ConsumerType
public interface Mandates {

    /** Whether the provider charges on its own by the plan, or each charge is asked for. */
    boolean providerCharges();

    /** Opens the consent, with a first payment. The same {@link MandateRequest#mandateId()} never makes two. */
    Checkout setUp(MandateRequest request) throws GatewayException;

    MandateSnapshot fetch(MandateRequest request, Optional<String> providerMandateId) throws GatewayException;

    /**
     * Tells the buyer through the provider that a charge will follow, as rules demand; where the provider does so by itself
     * nothing happens.
     *
     * @return the earliest moment at which {@link #charge} is allowed
     */
    Instant announce(Charge charge) throws GatewayException;

    /** Collects an announced charge. The same {@link Charge#paymentId()} never collects twice. */
    PaymentSnapshot charge(Charge charge) throws GatewayException;

    /** @param atPeriodEnd whether what is paid for may still be used up; refused as unsupported where a provider cannot */
    MandateSnapshot cancel(MandateRequest request, Optional<String> providerMandateId, boolean atPeriodEnd) throws GatewayException;

    /**
     * @param mandateId the platform's key: at most 34 of {@code A-Z a-z 0-9 _ -}
     * @param first the first payment, which also carries the buyer
     * @param maximum most that one later charge may take
     * @param every how often
     * @param until end of the consent
     */
    record MandateRequest(String mandateId, CheckoutRequest first, Money maximum, Frequency every, Instant until) {
        public MandateRequest {
            Objects.requireNonNull(first);
            Objects.requireNonNull(maximum);
            Objects.requireNonNull(every);
            Objects.requireNonNull(until);
            if (!mandateId.matches("[A-Za-z0-9_-]{1,34}")) {
                throw new IllegalArgumentException("mandateId must be 1 to 34 of A-Z, a-z, 0-9, '_' and '-'");
            }
        }
    }

    enum Frequency {
        MONTHLY,
        QUARTERLY,
        YEARLY
    }

    /**
     * One later charge.
     *
     * @param paymentId the platform's key of it, new for each
     * @param announcedAt when {@link #announce} succeeded; empty before that
     */
    record Charge(
            String paymentId, String mandateId, String providerMandateId, Money amount, Instant dueAt, Optional<Instant> announcedAt) {
        public Charge {
            Objects.requireNonNull(paymentId);
            Objects.requireNonNull(mandateId);
            Objects.requireNonNull(providerMandateId);
            Objects.requireNonNull(amount);
            Objects.requireNonNull(dueAt);
            Objects.requireNonNull(announcedAt);
        }
    }

    /** @param failure the provider's code, for operators; may be empty */
    record MandateSnapshot(String mandateId, String providerMandateId, State state, String failure) {
        public MandateSnapshot {
            Objects.requireNonNull(mandateId);
            Objects.requireNonNull(providerMandateId);
            Objects.requireNonNull(state);
            Objects.requireNonNull(failure);
        }
    }

    enum State {
        CREATED,
        PENDING,
        ACTIVE,
        PAUSED,
        /** A charge failed and is tried again. */
        PAST_DUE,
        /** Charges failed for good; consent stands. */
        HALTED,
        CANCELLED,
        EXPIRED,
        COMPLETED,
        UNKNOWN
    }
}

package com.cloudnestle.marketplace.payment;

import java.net.URI;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One purchase. Price, tax and buyer are those of the moment it was begun.
 *
 * @param id {@code pay_…}
 * @param gateway {@link PaymentGateway#id()}
 * @param account {@link PaymentGateway#account()}
 * @param providerOrderId empty while the provider's answer is not known
 * @param checkout what the buyer's browser does next; empty unless {@link State#OPEN}
 * @param refunded given back, as far as the provider confirmed it
 * @param paidAt when the platform saw it paid; empty unless it was
 * @param method for people, e.g. {@code UPI}; may be empty
 * @param failure a short code, lower case with underscores, why it failed or is held; may be empty
 * @param returnUrl where the buyer goes from the platform's own page in the end
 * @param term what it paid for; empty unless paid, and for what does not end
 * @param invoiceNumber of the seller's series; empty unless paid
 */
public record Payment(
        String id,
        String customerId,
        Quote quote,
        Buyer buyer,
        State state,
        String gateway,
        String account,
        Optional<String> providerOrderId,
        Optional<Checkout.Action> checkout,
        Money refunded,
        Instant createdAt,
        Instant expiresAt,
        Optional<Instant> paidAt,
        String method,
        String failure,
        Optional<URI> returnUrl,
        Optional<Term> term,
        Optional<String> invoiceNumber) {

    public static final String PREFIX = "pay_";

    public Payment {
        Objects.requireNonNull(id);
        Objects.requireNonNull(customerId);
        Objects.requireNonNull(quote);
        Objects.requireNonNull(buyer);
        Objects.requireNonNull(state);
        Objects.requireNonNull(gateway);
        Objects.requireNonNull(account);
        Objects.requireNonNull(providerOrderId);
        Objects.requireNonNull(checkout);
        Objects.requireNonNull(refunded);
        Objects.requireNonNull(createdAt);
        Objects.requireNonNull(expiresAt);
        Objects.requireNonNull(paidAt);
        Objects.requireNonNull(method);
        Objects.requireNonNull(failure);
        Objects.requireNonNull(returnUrl);
        Objects.requireNonNull(term);
        Objects.requireNonNull(invoiceNumber);
    }

    /** Whether nothing more is expected to happen by itself. A late success can still wake one that failed or expired. */
    public boolean ended() {
        return state != State.CREATED && state != State.OPEN;
    }

    /** @param until the first moment that is not paid for */
    public record Term(Instant from, Instant until) {
        public Term {
            if (!from.isBefore(until)) {
                throw new IllegalArgumentException("a term from " + from + " until " + until);
            }
        }
    }

    public enum State {
        /** Recorded; the provider was not reached yet, or its answer is not known. */
        CREATED,
        /** Waits for the buyer or the bank. */
        OPEN,
        /** Paid and granted: the only state that gives something. */
        PAID,
        FAILED,
        EXPIRED,
        /** Money came that does not fit (amount, currency, account, buyer): nothing is granted until an admin decides. */
        HELD,
        /** Paid once and given back in full. */
        REFUNDED
    }
}

package com.cloudnestle.marketplace.payment;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Purchases. However often and in whatever order browsers, providers and administrators tell of a payment, and wherever a
 * process dies, the buyer is charged once and gets what he paid for once. Thread-safe.
 *
 * <p>Errors of every method, as {@code MarketplaceException}: {@code payment-unknown} (404), also for a payment of somebody
 * else; {@code store-unavailable}, {@code outcome-unknown}, {@code provider-unavailable} (503).
 */
@ProviderType
public interface Payments {

    /**
     * What the tier would cost this buyer now: for somebody who has a lower tier that is paid for, less what is left of it; for
     * somebody who has this one, its next term.
     *
     * @param customerId null: somebody who has nothing yet
     * @throws com.cloudnestle.marketplace.error.MarketplaceException {@code solution-unknown} (404), {@code tier-unknown}
     *     (422) also for a tier that is not sold, {@code invalid-field} (422), {@code conflict} (409) as {@link #initiate}
     */
    Quote quote(@Nullable String customerId, String solutionId, String tier, Buyer buyer);

    /** Gateways that take this amount for this solution now, in the order they are offered. */
    List<Offer> offers(String solutionId, Money amount);

    /**
     * Begins a purchase, or returns the open one: the same idempotency key, and also the same customer, solution, tier and buyer
     * at the same price while a payment is open, give the same payment, unless another gateway is named; the buyer goes back to
     * where the latest call says. Where the provider could
     * not be reached or did not say whether it acted, the payment is {@link Payment.State#CREATED}: the same call, or
     * {@link #verify}, tries again. If several payments for one tier are paid, all but the first go back by themselves.
     *
     * @throws com.cloudnestle.marketplace.error.MarketplaceException as {@link #quote}; {@code customer-unknown} (404);
     *     {@code conflict} (409) if the customer has that tier already and it cannot be renewed yet, if the tier costs no more
     *     than what is left of the one that is paid for, or if no gateway takes the amount,
     *     {@code idempotency-key-reused} (409); {@code solution-unavailable} (503)
     */
    Payment initiate(Purchase purchase);

    /** The customer's payment. */
    Payment find(String customerId, String paymentId);

    /**
     * Asks the provider, with what the browser brought along, and applies the answer.
     *
     * @throws com.cloudnestle.marketplace.error.MarketplaceException {@code payment-proof-invalid} (422)
     */
    Payment verify(String customerId, String paymentId, ReturnProof proof);

    /** What the customer's payment and its refunds are for the books: the numbers of their documents and the sums on them. */
    Receipt receipt(String customerId, String paymentId);

    /** What the customer has by payments that end, in no particular order. */
    List<Holding> holdings(String customerId);

    /** The customer's payments, newest first, at most {@code limit} (1 to 100). */
    PaymentPage history(String customerId, int limit, @Nullable String cursor);

    /**
     * Takes a notification in: it is authenticated and stored before this returns, and worked on afterwards.
     *
     * @param gateway the address it came to named this one; empty: each is asked
     * @throws com.cloudnestle.marketplace.error.MarketplaceException {@code webhook-refused} (401); {@code provider-unavailable}
     *     (503) if the gateway is not installed right now: providers try again
     */
    void accept(Optional<String> gateway, RawWebhook webhook);

    /**
     * For administrators: any customer's payment with all that happened to it.
     *
     * @param idOrNumber of the payment, or of its invoice or one of its credit notes, e.g. {@code INV/26-27/000123}
     */
    PaymentDetail inspect(String idOrNumber);

    /** For administrators: newest first; in one state, or of one customer, if given. */
    PaymentPage search(Payment.@Nullable State state, @Nullable String customerId, int limit, @Nullable String cursor);

    /** Asks the provider now and applies the answer; audited. The payment is named as in {@link #inspect}. */
    PaymentDetail reconcile(String idOrNumber, String actor);

    /**
     * Gives money back; what was bought ends with the last of it. The same idempotency key gives back once.
     *
     * @param amount empty: all that is left
     * @throws com.cloudnestle.marketplace.error.MarketplaceException {@code conflict} (409) if not that much is left or
     *     nothing was paid, {@code invalid-field} (422), {@code idempotency-key-reused} (409)
     */
    PaymentDetail refund(String paymentId, Optional<Money> amount, String reason, String idempotencyKey, String actor);

    /** For operators: every installed gateway, also those not offered, and why. */
    List<GatewayStatus> gateways();

    /**
     * @param returnUrl where the buyer goes from the platform's own waiting page in the end: a page of the solution, or of the
     *     marketplace, that one also by its path alone; null: none
     * @param gateway null: the first that takes it
     * @param idempotencyKey 1 to 200 characters
     */
    record Purchase(
            String customerId,
            String solutionId,
            String tier,
            Buyer buyer,
            @Nullable String gateway,
            @Nullable URI returnUrl,
            String idempotencyKey) {}

    /** A gateway as buyers see it. */
    record Offer(String gateway, String name, List<String> methods, boolean test) {
        public Offer {
            methods = List.copyOf(methods);
        }
    }

    record PaymentPage(List<Payment> payments, Optional<String> cursor) {
        public PaymentPage {
            payments = List.copyOf(payments);
        }
    }

    /** @param timeline oldest first */
    record PaymentDetail(Payment payment, List<Event> timeline, List<Refund> refunds) {
        public PaymentDetail {
            timeline = List.copyOf(timeline);
            refunds = List.copyOf(refunds);
        }
    }

    /**
     * Something that happened to a payment.
     *
     * @param kind lower case, dotted, e.g. {@code webhook.accepted}, {@code state.changed}, {@code poll.answered}
     * @param details no secrets, no people
     */
    record Event(Instant at, String kind, String actor, Map<String, String> details) {
        public Event {
            details = Map.copyOf(details);
        }
    }

    /**
     * @param id {@code rfd_…}
     * @param creditNote empty until it is processed, and where nothing was sold
     */
    record Refund(String id, Money amount, RefundSnapshot.State state, String reason, String actor, Instant createdAt,
            Optional<CreditNote> creditNote) {}

    /**
     * Takes back a part of an invoice, each tax in the proportion in which it was raised.
     *
     * @param number of the seller's series of credit notes
     * @param invoiceNumber the invoice that it corrects
     * @param total net and all taxes: what was given back
     */
    record CreditNote(String number, String invoiceNumber, Instant issuedAt, Money net, List<Quote.TaxLine> taxes, Money total) {
        public CreditNote {
            taxes = List.copyOf(taxes);
        }
    }

    /** @param creditNotes oldest first */
    record Receipt(Payment payment, List<CreditNote> creditNotes) {
        public Receipt {
            creditNotes = List.copyOf(creditNotes);
        }
    }

    /**
     * @param paymentId the payment that gives the tier
     * @param until the first moment that is not paid for
     * @param renewableFrom from when the next term can be bought
     */
    record Holding(String solutionId, String tier, String paymentId, Instant until, Instant renewableFrom) {}

    /** @param problem why it is not offered; empty if it is */
    record GatewayStatus(String gateway, String account, String name, boolean test, String problem) {}
}

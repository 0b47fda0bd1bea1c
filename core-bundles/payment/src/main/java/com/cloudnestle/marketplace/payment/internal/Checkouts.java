package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.identity.Customer;
import com.cloudnestle.marketplace.identity.CustomerDirectory;
import com.cloudnestle.marketplace.payment.Checkout;
import com.cloudnestle.marketplace.payment.CheckoutRequest;
import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.cloudnestle.marketplace.payment.Payment.State;
import com.cloudnestle.marketplace.payment.PaymentGateway;
import com.cloudnestle.marketplace.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens payments at providers. Nothing is locked meanwhile; the key stays the same whoever tries again, so there is one order. Where
 * it is not known whether the provider acted, it is asked before it is told again.
 */
final class Checkouts {

    private static final Logger LOG = LoggerFactory.getLogger(Checkouts.class);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int MAX_DESCRIPTION = 100;

    private final PaymentBook book;
    private final Offers gateways;
    private final CatalogService catalog;
    private final CustomerDirectory customers;
    private final PublicAddress address;
    private final Inquiries inquiries;
    private final Progress progress;

    Checkouts(PaymentBook book, Offers gateways, CatalogService catalog, CustomerDirectory customers, PublicAddress address,
            Inquiries inquiries, Progress progress) {
        this.book = book;
        this.gateways = gateways;
        this.catalog = catalog;
        this.customers = customers;
        this.address = address;
        this.inquiries = inquiries;
        this.progress = progress;
    }

    /**
     * The payment, open if the provider could be reached; as it is if it needs no opening. While the provider's answer is not known
     * it stays {@link State#CREATED}.
     */
    StoredPayment open(StoredPayment payment) {
        boolean wanted = payment.is(State.CREATED) && book.now().isBefore(payment.expiresAt());
        return wanted ? attempt(payment, gateways.require(payment), false) : payment;
    }

    private StoredPayment attempt(StoredPayment payment, PaymentGateway gateway, boolean again) {
        try {
            CheckoutRequest request = request(payment);
            Checkout checkout = GatewayCall.guarded("checkout", payment.id(), () -> gateway.createCheckout(request));
            return opened(payment, checkout);
        } catch (GatewayException e) {
            return switch (e.kind()) {
                case NOT_CONTACTED, RATE_LIMITED -> payment;
                case OUTCOME_UNKNOWN, DUPLICATE -> lookedUp(payment, gateway, e.kind(), again);
                default -> failed(payment, e.kind());
            };
        }
    }

    /** Perhaps there is an order now, perhaps paid by now; then the gateway finds it under our key. */
    private StoredPayment lookedUp(StoredPayment payment, PaymentGateway gateway, Kind kind, boolean again) {
        try {
            StoredPayment known = inquiries.ask(payment, Cause.CHECKOUT);
            if (!known.is(State.CREATED)) {
                return known;
            }
            if (!again) {
                return attempt(known, gateway, true);
            }
            // The provider has it and does not say any more how the buyer gets there: nobody could pay it.
            return kind == Kind.DUPLICATE ? failed(known, kind) : known;
        } catch (GatewayException e) {
            return payment;
        }
    }

    private StoredPayment opened(StoredPayment payment, Checkout checkout) {
        if (book.leadsElsewhere(payment, checkout.providerOrderId())) {
            LOG.error("event=order_of_another_payment payment={} gateway={}; the gateway takes two payments for one",
                    payment.id(), payment.gateway());
            return failed(payment, Kind.MISMATCH);
        }
        return progress.make(payment.id(), now -> {
            boolean other = now.providerOrderId().filter(known -> !known.equals(checkout.providerOrderId())).isPresent();
            if (other) {
                LOG.error("event=second_order payment={} gateway={}; the gateway opened a payment twice", now.id(), now.gateway());
            }
            return other || !now.is(State.CREATED) ? Optional.empty() : Optional.of(opening(now, checkout));
        });
    }

    private static Step opening(StoredPayment payment, Checkout checkout) {
        Instant latest = payment.createdAt().plus(LONGEST);
        Instant expiresAt = checkout.expiresAt().isAfter(latest) ? latest : checkout.expiresAt();
        StoredPayment next = payment.change().state(State.OPEN)
                .set(StoredPayment.PROVIDER_ORDER, checkout.providerOrderId())
                .set(StoredPayment.CHECKOUT, PaymentItems.action(checkout.action()))
                .at(StoredPayment.EXPIRES_AT, expiresAt)
                .done();
        List<Write> leads = List.of(PaymentBook.leads(payment, checkout.providerOrderId()));
        return new Step(payment, next, Step.note("state.changed", Cause.CHECKOUT, "from", "CREATED", "to", "OPEN")).with(leads);
    }

    private StoredPayment failed(StoredPayment payment, Kind kind) {
        LOG.error("event=checkout_failed payment={} gateway={} kind={}", payment.id(), payment.gateway(), kind);
        return progress.make(payment.id(), now -> now.is(State.CREATED)
                ? Optional.of(new Step(now, now.change().state(State.FAILED).set(StoredPayment.FAILURE, "not_opened").done(),
                        Step.note("state.changed", Cause.CHECKOUT, "from", "CREATED", "to", "FAILED", "why", kind.name())))
                : Optional.empty());
    }

    private CheckoutRequest request(StoredPayment payment) {
        String solution = catalog.find(payment.solutionId()).map(entry -> entry.descriptor().name()).orElse(payment.solutionId());
        String description = solution + " (" + payment.tier() + ")";
        Customer customer = customers.require(payment.customerId());
        return new CheckoutRequest(payment.id(), payment.total(),
                description.substring(0, Math.min(MAX_DESCRIPTION, description.length())), customer.id(), customer.email().value(),
                payment.view().buyer().name(), address.waitingPage(payment.id()), payment.expiresAt());
    }
}

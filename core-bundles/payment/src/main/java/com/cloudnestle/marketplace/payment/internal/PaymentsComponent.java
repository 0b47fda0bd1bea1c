package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.audit.AuditLog;
import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.entitlement.EntitlementService;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Accounts;
import com.cloudnestle.marketplace.identity.CustomerDirectory;
import com.cloudnestle.marketplace.ledger.Ledger;
import com.cloudnestle.marketplace.notification.Mailer;
import com.cloudnestle.marketplace.payment.Buyer;
import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.Payment.State;
import com.cloudnestle.marketplace.payment.Payments;
import com.cloudnestle.marketplace.payment.Quote;
import com.cloudnestle.marketplace.payment.RawWebhook;
import com.cloudnestle.marketplace.payment.RefundSnapshot;
import com.cloudnestle.marketplace.payment.ReturnProof;
import com.cloudnestle.marketplace.payment.internal.PaymentBook.Note;
import com.cloudnestle.marketplace.platform.Nodes;
import com.cloudnestle.marketplace.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Payments as the platform's faces see them. */
@Component(service = Payments.class, immediate = true, configurationPid = "com.cloudnestle.marketplace.payment")
@Designate(ocd = PaymentsComponent.Config.class)
public final class PaymentsComponent implements Payments {

    @ObjectClassDefinition(name = "Marketplace payments")
    @interface Config {
        @AttributeDefinition(description = "Country of the seller, ISO 3166, e.g. IN; empty: no tax is added")
        String seller_country() default "";

        @AttributeDefinition(description = "India: the two digits of the seller's state, e.g. 29")
        String seller_state() default "";

        @AttributeDefinition(description = "India: the seller's GSTIN; says the state, too")
        String seller_gstin() default "";

        @AttributeDefinition(description = "Rates of tax, each like '2017-07-01 IN GST 1800': from when, country, name, hundredths of"
                + " a percent. GST in IN becomes CGST and SGST, or IGST")
        String[] tax_rates() default {};

        @AttributeDefinition(description = "Whether sales to other countries are without tax (India: under a letter of undertaking)")
        boolean exports_untaxed() default true;

        @AttributeDefinition(description = "A seller in IN: whether what is paid in rupees can be a sale to another country; false: it has"
                + " IGST whatever country the buyer says")
        boolean exports_in_rupees() default false;

        @AttributeDefinition(description = "Money that comes after a payment failed or expired: grant what it was for, or refund it")
        String late_success() default "grant";

        @AttributeDefinition(description = "true: refuse gateways that move no money; false: offer them; empty: refuse them if people reach"
                + " the marketplace by https")
        String production() default "";

        @AttributeDefinition(description = "Minutes that a buyer has to pay, 5 to 60")
        int checkout_minutes() default 15;

        @AttributeDefinition(description = "Gateways in the order they are offered: 'razorpay', or 'finder:razorpay' for one solution;"
                + " empty: all that are installed")
        String[] gateways() default {};

        @AttributeDefinition(description = "Seconds between two looks for payments to ask for, 1 to 60")
        int poll_seconds() default 2;

        @AttributeDefinition(description = "What the numbers of invoices begin with, 1 to 3 of A-Z and 0-9")
        String invoice_prefix() default DocumentRules.INVOICES;

        @AttributeDefinition(description = "What the numbers of credit notes begin with, 1 to 3 of A-Z and 0-9; another than those of"
                + " invoices")
        String credit_note_prefix() default DocumentRules.CREDIT_NOTES;
    }

    private static final Logger LOG = LoggerFactory.getLogger(PaymentsComponent.class);
    /** For so long what follows from a payment may not have been done yet by who saw it. */
    private static final Duration FRESH = Duration.ofMinutes(2);

    private final Parts parts;
    private final Optional<WorkerThreads> threads;

    @Activate
    public PaymentsComponent(@Reference Store store, @Reference Ledger ledger, @Reference CatalogService catalog,
            @Reference CustomerDirectory customers, @Reference EntitlementService entitlements, @Reference AuditLog audit,
            @Reference InstantSource clock, @Reference Nodes nodes, @Reference InstalledGateways gateways,
            @Reference PublicAddress address, @Reference Mailer mailer, @Reference Accounts accounts, Config config) {
        PaymentSettings settings = PaymentSettings.of(config, address.secure());
        WorkerThreads own = new WorkerThreads();
        threads = Optional.of(own);
        parts = new Parts(new Parts.Platform(store, ledger, catalog, customers, entitlements, audit, clock, nodes.self(),
                mailer, accounts), gateways, settings, address, own);
        own.start(parts.worker::round, parts.lease::close, settings.poll());
        LOG.info("event=payments_started production={} seller_country={} late_success={}",
                settings.production(), settings.taxes().country(), settings.refundLate() ? "refund" : "grant");
    }

    /** Without threads: the worker's rounds are made by hand. */
    PaymentsComponent(Parts parts) {
        this.parts = parts;
        this.threads = Optional.empty();
    }

    @Deactivate
    public void stop() {
        threads.ifPresent(WorkerThreads::stop);
    }

    @Override
    public Quote quote(@Nullable String customerId, String solutionId, String tier, Buyer buyer) {
        return parts.quotes.quote(customerId, solutionId, tier, buyer).quote();
    }

    @Override
    public List<Offer> offers(String solutionId, Money amount) {
        return parts.offers.offered(solutionId, amount).stream().map(Offers::offer).toList();
    }

    @Override
    public Payment initiate(Purchase purchase) {
        return parts.checkouts.open(parts.purchases.begin(purchase)).view();
    }

    @Override
    public Payment find(String customerId, String paymentId) {
        return own(customerId, paymentId).view();
    }

    private StoredPayment own(String customerId, String paymentId) {
        return parts.book.find(paymentId).filter(payment -> payment.customerId().equals(customerId))
                .orElseThrow(PaymentBook::unknown);
    }

    @Override
    public Payment verify(String customerId, String paymentId, ReturnProof proof) {
        StoredPayment payment = own(customerId, paymentId);
        if (!payment.is(State.PAID) && askedAMomentAgo(paymentId, proof)) {
            return payment.view();
        }
        payment = parts.checkouts.open(payment);
        if (payment.is(State.PAID)) {
            settled(payment);
        } else if (!payment.is(State.HELD, State.REFUNDED)) {
            payment = asked(payment, proof, Cause.buyer(customerId));
        }
        return payment.view();
    }

    /** Whoever only waits, or comes with what proved nothing a moment ago, is told what the store has. */
    private boolean askedAMomentAgo(String paymentId, ReturnProof proof) {
        if (proof.parameters().isEmpty()) {
            return !parts.asks.claim(paymentId);
        }
        return switch (parts.asks.known(paymentId, proof)) {
            case NEW -> false;
            case IDLE -> true;
            case REFUSED -> throw noProof();
        };
    }

    private StoredPayment asked(StoredPayment payment, ReturnProof proof, Cause cause) {
        try {
            StoredPayment now = proof.parameters().isEmpty()
                    ? parts.inquiries.ask(payment, cause)
                    : proved(payment, proof, cause);
            settled(now);
            return now;
        } catch (GatewayException e) {
            if (e.kind() == Kind.SIGNATURE_INVALID || e.kind() == Kind.MISMATCH) {
                LOG.warn("event=payment_proof_refused payment={} kind={}", payment.id(), e.kind());
                parts.asks.provedNothing(payment.id(), proof, true);
                throw noProof();
            }
            if (e.kind() == Kind.NOT_FOUND) {
                return payment;
            }
            throw unavailable(e);
        }
    }

    private StoredPayment proved(StoredPayment payment, ReturnProof proof, Cause cause) throws GatewayException {
        StoredPayment now = parts.inquiries.verify(payment, proof, cause);
        if (!now.is(State.PAID)) {
            parts.asks.provedNothing(payment.id(), proof, false);
        }
        return now;
    }

    private static MarketplaceException noProof() {
        return new MarketplaceException(Problem.PAYMENT_PROOF_INVALID, "This does not prove the payment.");
    }

    /**
     * Somebody else may have seen the payment a moment ago and not have given what it was for yet. If the tier changed since, it was
     * given, and an administrator may have changed it again.
     */
    private void settled(StoredPayment payment) {
        Instant now = parts.book.now();
        if (payment.is(State.PAID) && payment.paidAt().filter(paid -> paid.plus(FRESH).isAfter(now)
                && !parts.ownership.changedSince(payment, paid)).isPresent()) {
            parts.ownership.bringIntoLine(payment, now);
        }
    }

    private static MarketplaceException unavailable(GatewayException e) {
        return new MarketplaceException(
                Problem.PROVIDER_UNAVAILABLE, "The payment provider cannot be asked right now; nothing is lost, try again.", e);
    }

    @Override
    public Receipt receipt(String customerId, String paymentId) {
        StoredPayment payment = own(customerId, paymentId);
        return new Receipt(payment.view(), parts.book.refunds(paymentId).stream()
                .flatMap(refund -> refund.creditNote().stream())
                .sorted(Comparator.comparing(CreditNote::issuedAt).thenComparing(CreditNote::number)).toList());
    }

    @Override
    public List<Holding> holdings(String customerId) {
        return parts.holdings.all(customerId, parts.book.now());
    }

    @Override
    public PaymentPage history(String customerId, int limit, @Nullable String cursor) {
        return parts.searches.ofCustomer(customerId, null, limit, cursor);
    }

    @Override
    public void accept(Optional<String> gateway, RawWebhook webhook) {
        parts.inbox.accept(gateway, webhook);
    }

    @Override
    public PaymentDetail inspect(String idOrNumber) {
        StoredPayment payment = parts.searches.require(idOrNumber);
        return new PaymentDetail(payment.view(), parts.book.timeline(payment.id()),
                parts.book.refunds(payment.id()).stream().map(StoredRefund::view).toList());
    }

    @Override
    public PaymentPage search(@Nullable State state, @Nullable String customerId, int limit, @Nullable String cursor) {
        return customerId == null
                ? parts.searches.ofAll(state, limit, cursor)
                : parts.searches.ofCustomer(customerId, state, limit, cursor);
    }

    @Override
    public PaymentDetail reconcile(String idOrNumber, String actor) {
        StoredPayment payment = parts.searches.require(idOrNumber);
        parts.audit.append(actor, "payment.reconciled", payment.customerId(), Map.of("payment", payment.id()));
        parts.book.tell(payment.id(), parts.book.now(), "reconcile", new Note("reconcile.asked", actor, Map.of()));
        try {
            settled(parts.inquiries.ask(payment, Cause.admin(actor)));
        } catch (GatewayException e) {
            throw unavailable(e);
        }
        for (StoredRefund refund : parts.book.refunds(payment.id())) {
            if (refund.state() == RefundSnapshot.State.PENDING) {
                parts.inquiries.ask(payment, refund, Cause.admin(actor));
            }
        }
        return inspect(payment.id());
    }

    @Override
    public PaymentDetail refund(String paymentId, Optional<Money> amount, String reason, String idempotencyKey, String actor) {
        Cause cause = Cause.admin(actor);
        parts.progress.make(paymentId, payment -> parts.refunds.promise(payment, amount, reason, idempotencyKey, cause));
        return inspect(paymentId);
    }

    @Override
    public List<GatewayStatus> gateways() {
        return parts.offers.statuses();
    }
}

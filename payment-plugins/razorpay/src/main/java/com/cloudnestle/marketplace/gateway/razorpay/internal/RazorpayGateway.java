package com.cloudnestle.marketplace.gateway.razorpay.internal;

import com.cloudnestle.marketplace.payment.Checkout;
import com.cloudnestle.marketplace.payment.CheckoutRequest;
import com.cloudnestle.marketplace.payment.Expected;
import com.cloudnestle.marketplace.payment.GatewayCapabilities;
import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.cloudnestle.marketplace.payment.GatewayHealth;
import com.cloudnestle.marketplace.payment.Mandates;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.PaymentGateway;
import com.cloudnestle.marketplace.payment.PaymentSnapshot;
import com.cloudnestle.marketplace.payment.Payouts;
import com.cloudnestle.marketplace.payment.RawWebhook;
import com.cloudnestle.marketplace.payment.RefundRequest;
import com.cloudnestle.marketplace.payment.RefundSnapshot;
import com.cloudnestle.marketplace.payment.ReturnProof;
import com.cloudnestle.marketplace.payment.WebhookResult;
import java.time.InstantSource;
import java.util.Currency;
import java.util.Optional;
import java.util.function.LongSupplier;

/** One account with Razorpay. */
final class RazorpayGateway implements PaymentGateway, AutoCloseable {

    private final AccountSettings settings;
    private final RazorpayApi api;
    private final Orders orders;
    private final PaymentLinks links;
    private final FirstCharges firstCharges;
    private final Subscriptions subscriptions;
    private final Refunds refunds;
    private final BankTransfers transfers;
    private final WebhookReader webhooks;
    private final Health health;

    RazorpayGateway(AccountSettings settings, RazorpayApi api, InstantSource clock, LongSupplier nanos) {
        this.settings = settings;
        this.api = api;
        Attempts attempts = new Attempts(api);
        orders = new Orders(settings, api, attempts, clock);
        links = new PaymentLinks(settings, api, attempts, clock);
        firstCharges = new FirstCharges(settings, api, attempts);
        subscriptions = new Subscriptions(settings, api, orders, clock);
        refunds = new Refunds(api);
        transfers = new BankTransfers(settings, api);
        webhooks = new WebhookReader(settings);
        health = new Health(api, nanos);
    }

    @Override
    public String id() {
        return settings.gateway();
    }

    @Override
    public String account() {
        return settings.account();
    }

    @Override
    public GatewayCapabilities capabilities() {
        return settings.capabilities();
    }

    @Override
    public GatewayHealth health() {
        return health.health();
    }

    @Override
    public Checkout createCheckout(CheckoutRequest request) throws GatewayException {
        requirePayable(request.amount());
        return settings.links() ? links.open(request) : orders.open(request);
    }

    private void requirePayable(Money amount) throws GatewayException {
        if (!settings.capabilities().takes(amount)) {
            throw new GatewayException(Kind.LIMIT, "the account does not take " + amount);
        }
        if (Currency.getInstance(amount.currency()).getDefaultFractionDigits() == 3 && amount.minor() % 10 != 0) {
            throw new GatewayException(Kind.INVALID_REQUEST, "Razorpay takes two decimals of " + amount.currency() + " at most");
        }
    }

    @Override
    public PaymentSnapshot verifyReturn(ReturnProof returned, Expected expected) throws GatewayException {
        Proof proof = new Proof(returned.parameters());
        if (proof.isEmpty()) {
            return fetchPayment(expected);
        }
        String proven = flow(expected).proven(proof, expected);
        PaymentSnapshot snapshot = fetchPayment(expected);
        // What was proven is asked for until Razorpay lists it; another attempt that was paid counts as well.
        if (snapshot.state() != PaymentSnapshot.State.CAPTURED && !snapshot.providerPaymentId().equals(Optional.of(proven))) {
            throw new GatewayException(Kind.OUTCOME_UNKNOWN, "Razorpay does not list the payment yet that the browser brought the proof of");
        }
        return snapshot;
    }

    @Override
    public PaymentSnapshot fetchPayment(Expected expected) throws GatewayException {
        return flow(expected).find(expected);
    }

    /** By what the payment was opened as, whatever the configuration says of new ones. */
    private Flow flow(Expected expected) {
        String id = expected.providerOrderId().orElse(settings.links() ? Ids.LINK : Ids.ORDER);
        return id.startsWith(Ids.LINK) ? links : id.startsWith(Ids.SUBSCRIPTION) ? firstCharges : orders;
    }

    @Override
    public WebhookResult authenticate(RawWebhook webhook) {
        return webhooks.read(webhook);
    }

    @Override
    public RefundSnapshot refund(RefundRequest request) throws GatewayException {
        return refunds.refund(request, paid(request));
    }

    @Override
    public RefundSnapshot fetchRefund(RefundRequest request, Optional<String> providerRefundId) throws GatewayException {
        return refunds.fetch(request, paid(request), providerRefundId);
    }

    private String paid(RefundRequest request) throws GatewayException {
        Optional<String> known = request.payment().providerPaymentId();
        String payment = known.isPresent() ? known.get() : fetchPayment(request.payment()).providerPaymentId()
                .orElseThrow(() -> new GatewayException(Kind.INVALID_REQUEST, "nobody paid, so nothing can be given back"));
        return Ids.require(Ids.PAYMENT, payment);
    }

    @Override
    public Optional<Mandates> mandates() {
        return Optional.of(subscriptions);
    }

    @Override
    public Optional<Payouts> payouts() {
        return settings.payoutAccount().isEmpty() ? Optional.empty() : Optional.of(transfers);
    }

    @Override
    public void close() {
        api.close();
    }
}

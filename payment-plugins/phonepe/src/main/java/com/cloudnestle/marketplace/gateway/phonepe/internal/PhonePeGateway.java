package com.cloudnestle.marketplace.gateway.phonepe.internal;

import com.cloudnestle.marketplace.payment.Checkout;
import com.cloudnestle.marketplace.payment.CheckoutRequest;
import com.cloudnestle.marketplace.payment.Expected;
import com.cloudnestle.marketplace.payment.GatewayCapabilities;
import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayHealth;
import com.cloudnestle.marketplace.payment.Mandates;
import com.cloudnestle.marketplace.payment.PaymentGateway;
import com.cloudnestle.marketplace.payment.PaymentSnapshot;
import com.cloudnestle.marketplace.payment.RawWebhook;
import com.cloudnestle.marketplace.payment.RefundRequest;
import com.cloudnestle.marketplace.payment.RefundSnapshot;
import com.cloudnestle.marketplace.payment.ReturnProof;
import com.cloudnestle.marketplace.payment.WebhookResult;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * PhonePe Standard Checkout v2. An order carries our key of the payment, which can be used once: what was opened is found by it,
 * and a second opening is refused by the provider.
 */
final class PhonePeGateway implements PaymentGateway {

    private static final long SHORTEST_SECONDS = 300;
    private static final long LONGEST_SECONDS = 3600;

    private final Profile profile;
    private final PhonePeApi api;
    private final Orders orders;
    private final Refunds refunds;
    private final WebhookCheck webhooks;
    private final Health health;
    private final Optional<Mandates> mandates;
    private final InstantSource clock;

    PhonePeGateway(Profile profile, PhonePeApi api, WebhookCheck webhooks, Health health, InstantSource clock) {
        this.profile = profile;
        this.api = api;
        this.webhooks = webhooks;
        this.health = health;
        this.clock = clock;
        orders = new Orders(api, profile.account());
        refunds = new Refunds(api, profile.account());
        mandates = profile.mandateMaximum().map(maximum -> new AutoPay(api, orders, this::ordered, maximum, clock));
    }

    @Override
    public String id() {
        return profile.id();
    }

    @Override
    public String account() {
        return profile.account();
    }

    @Override
    public GatewayCapabilities capabilities() {
        return profile.capabilities();
    }

    @Override
    public GatewayHealth health() {
        return health.now();
    }

    @Override
    public Checkout createCheckout(CheckoutRequest request) throws GatewayException {
        ObjectNode flow = PhonePeApi.object().put("type", "PG_CHECKOUT");
        return ordered(request, flow);
    }

    /** Opens an order; the flow says what kind of one. */
    private Checkout ordered(CheckoutRequest request, ObjectNode flow) throws GatewayException {
        ObjectNode body = PhonePeApi.object()
                .put("merchantOrderId", Identity.key(request.paymentId()))
                .put("amount", Identity.paise(request.amount(), profile.capabilities().maximumMinor()))
                .put("expireAfter", seconds(request.expiresAt())); // the documented defaults differ, so it is always said
        body.putObject("metaInfo").put("udf1", plain(request.customerId(), 256));
        body.set("paymentFlow", flow.put("message", plain(request.description(), 100)));
        flow.putObject("merchantUrls").put("redirectUrl", request.returnUrl().toString());
        JsonNode order = api.make("/checkout/v2/pay", body);
        Identity.same(order, "merchantOrderId", request.paymentId());
        long expireAt = order.path("expireAt").asLong(0);
        return new Checkout(Identity.providerKey(order, "orderId"),
                profile.page().to(order.path("redirectUrl").asText("")),
                expireAt > 0 ? Instant.ofEpochMilli(expireAt) : clock.instant().plusSeconds(body.path("expireAfter").asLong()));
    }

    private long seconds(Instant expiresAt) {
        long wanted = Duration.between(clock.instant(), expiresAt).toSeconds();
        return Math.max(SHORTEST_SECONDS, Math.min(LONGEST_SECONDS, wanted));
    }

    private static String plain(String text, int maximum) {
        String plain = text.codePoints().map(c -> Character.isISOControl(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
        return plain.length() > maximum ? plain.substring(0, maximum) : plain;
    }

    /** The way back carries no proof at all; the words of PhonePe's script ({@code CONCLUDED}, {@code USER_CANCEL}) are no results. */
    @Override
    public PaymentSnapshot verifyReturn(ReturnProof proof, Expected expected) throws GatewayException {
        return fetchPayment(expected);
    }

    @Override
    public PaymentSnapshot fetchPayment(Expected expected) throws GatewayException {
        return orders.snapshot(expected);
    }

    @Override
    public WebhookResult authenticate(RawWebhook webhook) {
        return webhooks.authenticate(webhook);
    }

    @Override
    public RefundSnapshot refund(RefundRequest request) throws GatewayException {
        return refunds.make(request);
    }

    @Override
    public RefundSnapshot fetchRefund(RefundRequest request, Optional<String> providerRefundId) throws GatewayException {
        return refunds.look(request, providerRefundId);
    }

    @Override
    public Optional<Mandates> mandates() {
        return mandates;
    }

    @Override
    public String toString() {
        return "PhonePeGateway[" + id() + " " + account() + "]";
    }
}

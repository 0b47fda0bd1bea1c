package com.cloudnestle.marketplace.gateway.razorpay.internal;

import com.cloudnestle.marketplace.gateway.razorpay.server.Notifications.Notification;
import com.cloudnestle.marketplace.gateway.razorpay.server.RazorpayServer;
import com.cloudnestle.marketplace.payment.Checkout;
import com.cloudnestle.marketplace.payment.CheckoutRequest;
import com.cloudnestle.marketplace.payment.Expected;
import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.RawWebhook;
import com.cloudnestle.marketplace.payment.RawWebhook.Header;
import com.cloudnestle.marketplace.payment.RefundRequest;
import com.cloudnestle.marketplace.testing.ManualClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A gateway over a contract server. */
final class Workbench implements AutoCloseable {

    static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    static final String ACCOUNT = "acc_Lab00000000001";
    static final String KEY_ID = "rzp_test_Lab00000000001";
    static final String KEY_SECRET = "lab-key-secret-4711";
    static final String WEBHOOK_SECRET = "lab-webhook-secret-0815";
    static final String SECRET_BEFORE = "lab-webhook-secret-before";
    static final String SECRET_OVER = "lab-webhook-secret-over";

    final ManualClock clock = new ManualClock(NOON);
    final RazorpayServer server =
            new RazorpayServer(new RazorpayServer.Account(ACCOUNT, KEY_ID, KEY_SECRET, WEBHOOK_SECRET), clock, 0, null);
    final List<Duration> pauses = new ArrayList<>();
    final RazorpayGateway gateway;
    final RazorpayApi api;

    Workbench() {
        this(Map.of());
    }

    /** @param changes of the configuration */
    Workbench(Map<String, Object> changes) {
        this(changes, false);
    }

    /** @param hasty whether the times of the configuration hold; else answers may take as long as they need */
    private Workbench(Map<String, Object> changes, boolean hasty) {
        try {
            AccountSettings settings = new SettingsReader(configuration(server.url(), changes), name -> null).read();
            api = new RazorpayApi(settings, hasty ? new Wire(settings.connectPatience()) : new PatientWire(server), pauses::add, this::nanos);
            gateway = new RazorpayGateway(settings, api, clock, this::nanos);
        } catch (ConfigurationMistake e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** One whose exchanges end when the configuration says so. */
    static Workbench inTime(Map<String, Object> changes) {
        return new Workbench(changes, true);
    }

    /** Time passes for health and repetitions as it does for all others here. */
    private long nanos() {
        return Duration.between(NOON, clock.instant()).toNanos();
    }

    static Map<String, Object> configuration(String url, Map<String, Object> changes) {
        Map<String, Object> properties = new HashMap<>(Map.of(
                "account_id", ACCOUNT, "key_id", KEY_ID, "key_secret", KEY_SECRET, "webhook_secret", WEBHOOK_SECRET,
                "previous_webhook_secrets", NOON.plus(Duration.ofDays(400)) + "=" + SECRET_BEFORE + " " + NOON.minusSeconds(1) + "=" + SECRET_OVER,
                "base_url", url, "checkout_url", url + "/v1/checkout.js", "connect_timeout_millis", "2000",
                "request_timeout_millis", "5000"));
        properties.put("brand", "CloudNestle");
        properties.putAll(changes);
        return properties;
    }

    CheckoutRequest request(String paymentId) {
        return new CheckoutRequest(paymentId, inr(117_882), "Pro for a month", "cus_lab", "buyer@example.invalid", "A. Buyer",
                URI.create("https://market.example.invalid/pay/" + paymentId), clock.instant().plus(Duration.ofMinutes(30)));
    }

    static Money inr(long paise) {
        return new Money(paise, "INR");
    }

    /** Opens a payment; what the platform then knows of it. */
    Expected open(String paymentId) throws GatewayException {
        CheckoutRequest request = request(paymentId);
        Checkout checkout = gateway.createCheckout(request);
        return expected(request, Optional.of(checkout.providerOrderId()));
    }

    Expected expected(CheckoutRequest request, Optional<String> order) {
        return new Expected(request.paymentId(), order, Optional.empty(), request.amount(), request.customerId(), clock.instant(),
                request.expiresAt());
    }

    RefundRequest refund(String refundId, Expected payment, long paise) {
        return new RefundRequest(refundId, payment, inr(paise), "as asked for");
    }

    RawWebhook webhook(Notification notification) {
        return webhook(notification.body(), notification.signature(), notification.id());
    }

    RawWebhook webhook(byte[] body, String signature, String eventId) {
        return new RawWebhook(List.of(new Header("Content-Type", "application/json"), new Header("X-Razorpay-Signature", signature),
                new Header("x-razorpay-event-id", eventId)), body, clock.instant());
    }

    @Override
    public void close() {
        gateway.close();
        server.close();
    }
}

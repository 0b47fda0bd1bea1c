package com.cloudnestle.marketplace.gateway.phonepe.internal;

import com.cloudnestle.marketplace.gateway.phonepe.server.Levers;
import com.cloudnestle.marketplace.gateway.phonepe.server.Merchant;
import com.cloudnestle.marketplace.gateway.phonepe.server.PhonePeServer;
import com.cloudnestle.marketplace.payment.Checkout;
import com.cloudnestle.marketplace.payment.CheckoutRequest;
import com.cloudnestle.marketplace.payment.Expected;
import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.PaymentGateway;
import com.cloudnestle.marketplace.payment.RefundRequest;
import com.cloudnestle.marketplace.testing.Abandoned;
import com.cloudnestle.marketplace.testing.ManualClock;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** A gateway as a configuration makes it, in front of a server that answers as PhonePe's does. */
final class Rig implements AutoCloseable {

    static final Instant START = Instant.parse("2026-11-21T06:00:00Z");
    /** No test waits for it to end, so a busy machine may take its time. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    final ManualClock clock = new ManualClock(START);
    final PhonePeServer server;
    final Levers levers;
    final HttpTransport transport;
    final PaymentGateway gateway;
    /** Whether the server is going to keep silent. */
    volatile boolean silent;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    static Rig v2() {
        return v2(Map.of());
    }

    static Rig v2(Map<String, Object> changes) {
        return new Rig(changes, sound -> sound);
    }

    /** For tests in which nothing answers: see {@link #untilSilence}. */
    static Rig impatient(Map<String, Object> changes, UnaryOperator<Transport> wiring) {
        AtomicReference<Rig> self = new AtomicReference<>();
        Rig rig = new Rig(changes, sound -> wiring.apply(request -> self.get().untilSilence(request)));
        self.set(rig);
        return rig;
    }

    static Rig v1() {
        return new Rig(Map.of("generation", "v1"), sound -> sound);
    }

    /** @param wiring what is put between the gateway and its transport */
    Rig(Map<String, Object> changes, UnaryOperator<Transport> wiring) {
        transport = new HttpTransport(PATIENCE, PATIENCE, null);
        boolean hmac = "hmac".equals(changes.get("webhook_auth"));
        server = new PhonePeServer(0, Merchant.lab(), clock, hmac);
        levers = server.levers();
        Map<String, Object> configuration = new HashMap<>(configuration("v1".equals(changes.get("generation")), hmac));
        configuration.putAll(changes);
        Repetition repetition = new Repetition(PATIENCE, pause -> { }, System::nanoTime);
        gateway = new GatewayAssembly(new Settings(configuration, name -> null))
                .gateway(wiring.apply(transport), threads, repetition, clock);
    }

    /**
     * Gives a request up as soon as the server has it and keeps silent: no sooner, however slow this machine is, and no later. That a
     * silence ends by itself is the matter of {@link HttpTransportTest}.
     */
    private Answer untilSilence(HttpRequest request) throws GatewayException {
        if (!silent) {
            return transport.send(request);
        }
        int before = server.silences();
        return Abandoned.once(() -> server.silences() != before, () -> transport.send(request));
    }

    private Map<String, Object> configuration(boolean old, boolean hmac) {
        Merchant merchant = server.merchant();
        Map<String, Object> all = new HashMap<>(Map.of("merchant_id", merchant.merchantId(), "pg_base_url", server.base(),
                "autopay", "true", "webhook_previous_until", START.plus(Duration.ofDays(1)).toString()));
        if (old) {
            all.putAll(Map.of("salt_key", merchant.saltKey(), "salt_previous_key", "lab-salt-0000",
                    "callback_url", "http://127.0.0.1/api/payments/webhook/phonepe"));
            return all;
        }
        all.putAll(Map.of("client_id", merchant.clientId(), "client_secret", merchant.clientSecret(), "oauth_base_url", server.base()));
        all.putAll(hmac
                ? Map.of("webhook_key_id", merchant.webhookKeyId(), "webhook_secret", merchant.webhookSecret(),
                        "webhook_previous_key_id", "lab-key-0", "webhook_previous_secret", "lab-hmac-key-before")
                : Map.of("webhook_username", merchant.webhookUsername(), "webhook_password", merchant.webhookPassword(),
                        "webhook_previous_password", "Passw0rd8"));
        return all;
    }

    static String freshId(String prefix) {
        return prefix + String.format("%026d", NUMBERS.incrementAndGet());
    }

    static Money rupees(long paise) {
        return new Money(paise, "INR");
    }

    CheckoutRequest request() {
        return request(freshId("pay_"), rupees(117_882));
    }

    CheckoutRequest request(String paymentId, Money amount) {
        return new CheckoutRequest(paymentId, amount, "Pro for a month", "cus_1", "buyer@example.invalid", "Asha Example",
                URI.create("https://market.example.invalid/pay/" + paymentId), clock.instant().plus(Duration.ofMinutes(15)));
    }

    Expected expected(CheckoutRequest request) {
        return new Expected(request.paymentId(), Optional.empty(), Optional.empty(), request.amount(), request.customerId(),
                clock.instant(), request.expiresAt());
    }

    Expected opened() throws GatewayException {
        return opened(request());
    }

    Expected opened(CheckoutRequest request) throws GatewayException {
        Checkout checkout = gateway.createCheckout(request);
        return new Expected(request.paymentId(), Optional.of(checkout.providerOrderId()), Optional.empty(), request.amount(),
                request.customerId(), clock.instant(), request.expiresAt());
    }

    Expected paid() throws GatewayException {
        Expected opened = opened();
        levers.pay(opened.paymentId());
        return opened;
    }

    RefundRequest refundOf(Expected paid, long paise) {
        return new RefundRequest(freshId("rfd_"), paid, rupees(paise), "as asked for");
    }

    @Override
    public void close() {
        transport.close();
        server.close();
        threads.shutdownNow();
    }
}

package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.payment.Checkout;
import com.cloudnestle.marketplace.payment.CheckoutRequest;
import com.cloudnestle.marketplace.payment.Expected;
import com.cloudnestle.marketplace.payment.GatewayCapabilities;
import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.cloudnestle.marketplace.payment.GatewayHealth;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.PaymentGateway;
import com.cloudnestle.marketplace.payment.PaymentSnapshot;
import com.cloudnestle.marketplace.payment.PaymentSnapshot.State;
import com.cloudnestle.marketplace.payment.RawWebhook;
import com.cloudnestle.marketplace.payment.RawWebhook.Header;
import com.cloudnestle.marketplace.payment.RefundRequest;
import com.cloudnestle.marketplace.payment.RefundSnapshot;
import com.cloudnestle.marketplace.payment.ReturnProof;
import com.cloudnestle.marketplace.payment.WebhookResult;
import com.cloudnestle.marketplace.payment.WebhookResult.Subject;
import com.cloudnestle.marketplace.payment.WebhookResult.Trust;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A payment provider with its gateway, in memory, that does what a test tells it. Thread-safe. */
final class Provider implements PaymentGateway {

    private static final String GENUINE = "genuine";

    /** A payment at the provider. */
    static final class Order {
        final String id;
        Money amount;
        State state = State.CREATED;
        Optional<String> account;
        Optional<Money> fee = Optional.empty();
        int charges;
        final Map<String, Money> refunds = new LinkedHashMap<>();

        Order(String id, String account, Money amount) {
            this.id = id;
            this.account = Optional.of(account);
            this.amount = amount;
        }

        Money refunded() {
            return refunds.values().stream().reduce(Money.zero(amount.currency()), Money::plus);
        }
    }

    private record Fault(Kind kind, boolean acted) {}

    final Map<String, Order> orders = new LinkedHashMap<>();
    private final Deque<Fault> faults = new ArrayDeque<>();
    private final List<String> calls = new ArrayList<>();
    private final String id;
    private final String account;
    boolean failedIsFinal = true;
    boolean refundsWait;
    boolean resumable = true;
    int watchDays = 3;
    GatewayCapabilities.Mode mode = GatewayCapabilities.Mode.LIVE;
    GatewayHealth health = GatewayHealth.healthy();

    Provider() {
        this("lab", "acc_1");
    }

    Provider(String id, String account) {
        this.id = id;
        this.account = account;
    }

    /** The next call fails like this; {@code acted}: after the provider did what it was asked for. */
    synchronized void next(Kind kind, boolean acted) {
        faults.add(new Fault(kind, acted));
    }

    synchronized int faults() {
        return faults.size();
    }

    synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    synchronized Order order(String paymentId) {
        Order order = orders.get(paymentId);
        if (order == null) {
            throw new AssertionError("nothing was opened for " + paymentId);
        }
        return order;
    }

    /** The buyer pays; twice is not possible. */
    synchronized void pay(String paymentId) {
        Order order = order(paymentId);
        if (order.state != State.CAPTURED) {
            order.state = State.CAPTURED;
            order.charges++;
        }
    }

    synchronized void set(String paymentId, State state) {
        order(paymentId).state = state;
    }

    synchronized int charges() {
        return orders.values().stream().mapToInt(order -> order.charges).sum();
    }

    /** A genuine notification. */
    RawWebhook webhook(String event, String paymentId, Instant at) {
        return signed(GENUINE, "event=" + event + "\npayment=" + paymentId, at);
    }

    static RawWebhook signed(String signature, String body, Instant at) {
        return new RawWebhook(List.of(new Header("X-Signature", signature)), body.getBytes(StandardCharsets.UTF_8), at);
    }

    static RawWebhook genuine(String body, Instant at) {
        return signed(GENUINE, body, at);
    }

    private interface Act<T> {
        T does() throws GatewayException;
    }

    private synchronized <T> T call(String name, Act<T> act) throws GatewayException {
        calls.add(name);
        Fault fault = faults.poll();
        if (fault == null) {
            return act.does();
        }
        if (fault.acted()) {
            act.does();
        }
        throw new GatewayException(fault.kind(), "told to");
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String account() {
        return account;
    }

    @Override
    public GatewayCapabilities capabilities() {
        return new GatewayCapabilities("Lab", List.of("UPI"), Set.of("INR", "USD"), 100, 1_000_000_000, mode, true, failedIsFinal,
                List.of(), watchDays);
    }

    @Override
    public GatewayHealth health() {
        return health;
    }

    @Override
    public Checkout createCheckout(CheckoutRequest request) throws GatewayException {
        return call("checkout", () -> {
            Order known = orders.get(request.paymentId());
            if (known != null && !resumable) {
                throw new GatewayException(Kind.DUPLICATE, "it is there");
            }
            Order order = orders.computeIfAbsent(request.paymentId(), key -> new Order("order_" + key, account, request.amount()));
            return new Checkout(order.id, new Checkout.Redirect(URI.create("https://pay.example/" + order.id)), request.expiresAt());
        });
    }

    @Override
    public PaymentSnapshot verifyReturn(ReturnProof proof, Expected expected) throws GatewayException {
        return call("verify", () -> {
            if (proof.parameters().containsKey("payment") && !proof.parameters().get("payment").equals(expected.paymentId())) {
                throw new GatewayException(Kind.MISMATCH, "a proof of another payment");
            }
            if (!"right".equals(proof.parameters().get("signature"))) {
                throw new GatewayException(Kind.SIGNATURE_INVALID, "forged");
            }
            return snapshot(expected);
        });
    }

    @Override
    public PaymentSnapshot fetchPayment(Expected expected) throws GatewayException {
        return call("fetch", () -> snapshot(expected));
    }

    private PaymentSnapshot snapshot(Expected expected) throws GatewayException {
        Order order = orders.get(expected.paymentId());
        if (order == null) {
            throw new GatewayException(Kind.NOT_FOUND, "no such order");
        }
        return new PaymentSnapshot(expected.paymentId(), order.id, Optional.of("try_" + order.id), order.state, order.amount,
                order.account, order.refunded(), order.fee, "UPI", "");
    }

    @Override
    public WebhookResult authenticate(RawWebhook webhook) {
        if (webhook.header("x-signature").isEmpty()) {
            return new WebhookResult.NotForUs();
        }
        if (!webhook.header("x-signature").equals(List.of(GENUINE))) {
            return new WebhookResult.Rejected("wrong signature");
        }
        Map<String, String> said = new LinkedHashMap<>();
        new String(webhook.body(), StandardCharsets.UTF_8).lines().forEach(line ->
                said.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
        String event = said.getOrDefault("event", "");
        Subject subject = event.startsWith("refund") ? Subject.REFUND : event.startsWith("dispute") ? Subject.DISPUTE : Subject.PAYMENT;
        return new WebhookResult.Accepted(Trust.SIGNED_BODY, subject, event, List.of(said.toString()),
                Optional.ofNullable(said.get("payment")), Optional.ofNullable(said.get("order")),
                Optional.ofNullable(said.get("refund")), Optional.empty());
    }

    @Override
    public RefundSnapshot refund(RefundRequest request) throws GatewayException {
        return call("refund", () -> {
            Order order = order(request.payment().paymentId());
            order.refunds.putIfAbsent(request.refundId(), request.amount());
            return snapshot(request);
        });
    }

    @Override
    public RefundSnapshot fetchRefund(RefundRequest request, Optional<String> providerRefundId) throws GatewayException {
        return call("fetch-refund", () -> {
            if (!order(request.payment().paymentId()).refunds.containsKey(request.refundId())) {
                throw new GatewayException(Kind.NOT_FOUND, "no such refund");
            }
            return snapshot(request);
        });
    }

    private RefundSnapshot snapshot(RefundRequest request) {
        return new RefundSnapshot(request.refundId(), "back_" + request.refundId(),
                refundsWait ? RefundSnapshot.State.PENDING : RefundSnapshot.State.PROCESSED, request.amount(), "");
    }
}

package com.cloudnestle.marketplace.gateway.sandbox.internal;

import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.PaymentGateway;
import com.cloudnestle.marketplace.payment.RawWebhook;
import com.cloudnestle.marketplace.payment.ReturnProof;
import com.cloudnestle.marketplace.testing.gateway.GatewayLab;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The same gateway as the one buyers use, before a provider of its own that remembers nothing and does as it is told. */
@Component(service = GatewayLab.class)
public final class SandboxLab implements GatewayLab {

    private static final String BEFORE = "sbw_" + Keys.random();
    private static final String OUTDATED = "sbw_" + Keys.random();

    private final InstantSource clock;
    private final Keys keys;
    private final Books books;
    private final TroubledLine line;
    private final SandboxGateway gateway;
    private final Map<String, List<RawWebhook>> sent = new ConcurrentHashMap<>();

    @Activate
    public SandboxLab(@Reference InstantSource clock) {
        this.clock = clock;
        Keys fresh = Keys.fresh();
        this.keys = new Keys(fresh.account(), fresh.api(), List.of(fresh.notices().get(0), BEFORE));
        this.books = new Books(clock, Duration.ofSeconds(-1), List.of(), all -> {}, this::send);
        this.line = new TroubledLine(new Desk(books, keys));
        this.gateway = new SandboxGateway(line, keys);
    }

    private void send(String event, Order order) {
        Instant now = clock.instant();
        RawWebhook webhook = Notes.signed(keys.notices().get(0), Notes.body(keys.account(), event, order, now), now);
        sent.computeIfAbsent(order.key(), key -> new ArrayList<>()).add(webhook);
    }

    @Override
    public PaymentGateway gateway() {
        return gateway;
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public List<String> secrets() {
        return List.of(keys.api(), keys.notices().get(0), BEFORE, OUTDATED);
    }

    @Override
    public Set<Deed> deeds() {
        return EnumSet.allOf(Deed.class);
    }

    @Override
    public void happen(Deed deed, String key) {
        Money asked = books.byKey(key).map(order -> new Money(order.minor(), order.currency())).orElse(Money.zero("INR"));
        switch (deed) {
            case PAY, PAY_LATE -> books.pay(key);
            case AUTHORIZE -> books.promise(key);
            case FAIL -> books.fail(key);
            case EXPIRE -> books.expire(key);
            case PAY_LESS -> books.pay(key, asked.minus(new Money(1, asked.currency())));
            case PAY_MORE -> books.pay(key, asked.plus(new Money(1, asked.currency())));
            case PAY_OTHER_CURRENCY -> books.pay(key, new Money(asked.minor(), asked.currency().equals("USD") ? "EUR" : "USD"));
            case FORGET -> books.forget(key);
            case REFUND_PROCESSED -> books.settle(key, true);
            case REFUND_FAILED -> books.settle(key, false);
        }
    }

    @Override
    public Set<Fault> faults() {
        return EnumSet.allOf(Fault.class);
    }

    @Override
    public void disturb(Fault fault, int requests) {
        line.disturb(fault, requests);
    }

    @Override
    public void calm() {
        line.disturb(null, 0);
    }

    @Override
    public int orders(String paymentId) {
        return books.byKey(paymentId).isPresent() ? 1 : 0;
    }

    @Override
    public List<Money> refunds(String paymentId) {
        return books.byKey(paymentId).map(order -> order.refunds().stream()
                .filter(refund -> refund.state() != Order.RefundState.FAILED)
                .map(refund -> new Money(refund.minor(), order.collectedCurrency())).toList()).orElse(List.of());
    }

    @Override
    public ReturnProof proof(String paymentId) {
        return books.byKey(paymentId).filter(Order::paid).map(order -> new ReturnProof(SandboxGateway.proof(keys, order))).orElse(ReturnProof.none());
    }

    @Override
    public List<RawWebhook> notifications(String paymentId) {
        return List.copyOf(sent.getOrDefault(paymentId, List.of()));
    }

    @Override
    public Set<Signer> signers() {
        return EnumSet.allOf(Signer.class);
    }

    @Override
    public RawWebhook signed(Signer signer, byte[] body) {
        return Notes.signed(switch (signer) {
            case PROVIDER -> keys.notices().get(0);
            case PROVIDER_BEFORE -> BEFORE;
            case OUTDATED -> OUTDATED;
            case WRONG_SECRET -> keys.api();
            case OTHER_ACCOUNT, STRANGER -> "sbw_" + Keys.random();
        }, body, clock.instant());
    }

    @Override
    public Set<String> signatureHeaders() {
        return Set.of(Notes.SIGNATURE);
    }
}

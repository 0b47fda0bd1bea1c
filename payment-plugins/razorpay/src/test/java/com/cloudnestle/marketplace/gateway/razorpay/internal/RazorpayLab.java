package com.cloudnestle.marketplace.gateway.razorpay.internal;

import com.cloudnestle.marketplace.gateway.razorpay.server.Notifications;
import com.cloudnestle.marketplace.gateway.razorpay.server.Trouble;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.PaymentGateway;
import com.cloudnestle.marketplace.payment.RawWebhook;
import com.cloudnestle.marketplace.payment.ReturnProof;
import com.cloudnestle.marketplace.testing.gateway.GatewayLab;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The gateway over the contract server, for the conformance kit. */
final class RazorpayLab implements GatewayLab {

    private static final Path LOG = Path.of("target/test.log");

    private final Workbench bench = new Workbench();
    private final Map<String, String> paid = new HashMap<>();

    @Override
    public PaymentGateway gateway() {
        return bench.gateway;
    }

    @Override
    public Instant now() {
        return bench.clock.instant();
    }

    @Override
    public List<String> secrets() {
        String pair = Base64.getEncoder().encodeToString((Workbench.KEY_ID + ":" + Workbench.KEY_SECRET).getBytes(StandardCharsets.UTF_8));
        return List.of(Workbench.KEY_SECRET, pair, Workbench.WEBHOOK_SECRET, Workbench.SECRET_BEFORE, Workbench.SECRET_OVER);
    }

    @Override
    public Set<Deed> deeds() {
        return EnumSet.allOf(Deed.class);
    }

    @Override
    public void happen(Deed deed, String key) {
        var levers = bench.server.levers();
        switch (deed) {
            case PAY -> paid.put(key, levers.pay(key));
            case PAY_LESS -> levers.pay(key, -1, "INR");
            case PAY_MORE -> levers.pay(key, 1, "INR");
            case PAY_OTHER_CURRENCY -> levers.pay(key, 0, "USD");
            case AUTHORIZE -> levers.authorize(key);
            case FAIL -> levers.fail(key);
            case PAY_LATE -> levers.authorizeLate(key);
            case EXPIRE -> bench.clock.advance(Duration.ofMinutes(31));
            case FORGET -> levers.forget(key);
            case REFUND_PROCESSED -> levers.refundProcessed(key);
            case REFUND_FAILED -> levers.refundFailed(key);
        }
    }

    @Override
    public Set<Fault> faults() {
        return EnumSet.complementOf(EnumSet.of(Fault.OTHER_ACCOUNT)); // Razorpay's answers name no account
    }

    @Override
    public void disturb(Fault fault, int requests) {
        if (fault == Fault.REFUSED) {
            bench.server.goAway();
        } else {
            bench.server.disturb(Trouble.valueOf(fault.name()), requests);
        }
    }

    @Override
    public void calm() {
        bench.server.calm();
    }

    @Override
    public int orders(String paymentId) {
        return bench.server.levers().orders(paymentId).size();
    }

    @Override
    public List<Money> refunds(String paymentId) {
        return bench.server.levers().refunds(paymentId).stream().map(Workbench::inr).toList();
    }

    @Override
    public ReturnProof proof(String paymentId) {
        String order = bench.server.levers().orders(paymentId).get(0);
        return new ReturnProof(bench.server.levers().proof(order, paid.get(paymentId)));
    }

    @Override
    public List<RawWebhook> notifications(String paymentId) {
        return bench.server.levers().orders(paymentId).stream()
                .flatMap(order -> bench.server.notifications().about(order).stream()).map(bench::webhook).toList();
    }

    @Override
    public Set<Signer> signers() {
        return EnumSet.allOf(Signer.class);
    }

    @Override
    public RawWebhook signed(Signer signer, byte[] body) {
        String secret = switch (signer) {
            case PROVIDER -> Workbench.WEBHOOK_SECRET;
            case PROVIDER_BEFORE -> Workbench.SECRET_BEFORE;
            case OUTDATED -> Workbench.SECRET_OVER;
            case WRONG_SECRET -> Workbench.KEY_SECRET;
            case OTHER_ACCOUNT -> "the-secret-of-another-merchant";
            case STRANGER -> "anything";
        };
        return bench.webhook(body, Notifications.sign(body, secret), "evt_signed");
    }

    @Override
    public Set<String> signatureHeaders() {
        return Set.of("x-razorpay-signature");
    }

    @Override
    public int redirectsFollowed() {
        return bench.server.redirectsFollowed();
    }

    @Override
    public List<String> logged() {
        try {
            return Files.readAllLines(LOG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        bench.close();
    }
}

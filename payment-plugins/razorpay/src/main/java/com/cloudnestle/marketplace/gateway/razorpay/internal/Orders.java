package com.cloudnestle.marketplace.gateway.razorpay.internal;

import com.cloudnestle.marketplace.payment.Checkout;
import com.cloudnestle.marketplace.payment.CheckoutRequest;
import com.cloudnestle.marketplace.payment.Expected;
import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.PaymentSnapshot;
import com.cloudnestle.marketplace.payment.PaymentSnapshot.State;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Payments as orders. Razorpay has no idempotency key for them; ours is the receipt of the order, which is looked for before one is
 * made and again when it is not known whether one was.
 */
final class Orders implements Flow {

    private static final String PATH = "/orders";

    private final AccountSettings settings;
    private final RazorpayApi api;
    private final Attempts attempts;
    private final InstantSource clock;

    Orders(AccountSettings settings, RazorpayApi api, Attempts attempts, InstantSource clock) {
        this.settings = settings;
        this.api = api;
        this.attempts = attempts;
        this.clock = clock;
    }

    /** Finds what was opened under the platform's key before, or opens it. */
    Checkout open(CheckoutRequest request) throws GatewayException {
        Optional<Entity> before = byReceipt(request.paymentId());
        Entity order = before.isPresent() ? before.get() : create(request);
        if (!order.textOr("receipt", "").equals(request.paymentId()) || !order.money("amount").equals(request.amount())) {
            throw new GatewayException(Kind.MISMATCH, "Razorpay's order is not the one that was asked for");
        }
        String id = Ids.require(Ids.ORDER, order.require("id"));
        return new Checkout(id, page(request, "order_id", id), request.expiresAt());
    }

    /** The script's parameters for whatever it is that is to be paid. */
    Checkout.Script page(CheckoutRequest request, String key, String id) {
        Map<String, String> parameters = new TreeMap<>(Map.of(
                "key", settings.keyId(),
                key, id,
                "amount", Long.toString(request.amount().minor()),
                "currency", request.amount().currency(),
                "name", settings.brand(),
                "description", request.description(),
                "prefill_email", request.email(),
                "prefill_name", request.buyerName(),
                "expires_at", Long.toString(request.expiresAt().getEpochSecond())));
        parameters.values().removeIf(String::isEmpty);
        return new Checkout.Script(settings.script(), "razorpay.js", parameters);
    }

    private Entity create(CheckoutRequest request) throws GatewayException {
        ObjectNode body = RazorpayApi.body().put("amount", request.amount().minor()).put("currency", request.amount().currency())
                .put("receipt", request.paymentId());
        body.putObject("notes").put("payment_id", request.paymentId());
        return Repeats.orFind(() -> api.post(PATH, body), () -> byReceipt(request.paymentId()));
    }

    /** There is one at most, unless two asked at the very same moment: then the one that was tried, else the first. */
    private Optional<Entity> byReceipt(String paymentId) throws GatewayException {
        List<Entity> found = new ArrayList<>();
        for (Entity order : api.get(PATH, Map.of("receipt", paymentId)).items("items")) {
            if (order.textOr("receipt", "").equals(paymentId)) {
                found.add(order);
            }
        }
        return found.stream().min(Comparator.<Entity>comparingInt(order -> List.of("paid", "attempted").contains(order.textOr("status", "")) ? 0 : 1)
                .thenComparingLong(order -> order.number("created_at").orElse(0)).thenComparing(order -> order.textOr("id", "")));
    }

    @Override
    public String proven(Proof proof, Expected expected) throws GatewayException {
        String order = expected.providerOrderId().isPresent() ? expected.providerOrderId().get() : known(expected).require("id");
        proof.refuseOther("order_id", order);
        proof.requireSignature(Signatures.ofOrder(order, proof.paymentId(), settings.keySecret().value()));
        Entity payment = attempts.fetch(proof.paymentId());
        if (!payment.textOr("order_id", "").equals(order)) {
            throw new GatewayException(Kind.MISMATCH, "the payment belongs to another order");
        }
        return proof.paymentId();
    }

    @Override
    public PaymentSnapshot find(Expected expected) throws GatewayException {
        Entity order = known(expected);
        String id = order.require("id");
        Money amount = order.money("amount");
        State state = untried(order, expected);
        if (state == State.CREATED || state == State.EXPIRED) {
            return Attempts.untried(expected, id, state, amount);
        }
        List<Entity> payments = api.get(PATH + "/" + id + "/payments", Map.of()).items("items");
        for (Entity payment : payments) {
            if (!payment.textOr("order_id", "").equals(id)) {
                throw new GatewayException(Kind.MISMATCH, "Razorpay lists the payment of another order");
            }
        }
        Optional<Entity> best = Attempts.best(payments);
        return best.isPresent() ? Attempts.snapshot(expected, id, attempts.collected(best.get(), expected))
                : Attempts.untried(expected, id, state, amount);
    }

    private Entity known(Expected expected) throws GatewayException {
        Optional<String> id = expected.providerOrderId();
        Entity order = id.isPresent() ? api.get(PATH + "/" + Ids.require(Ids.ORDER, id.get()), Map.of())
                : byReceipt(expected.paymentId()).orElseThrow(() -> new GatewayException(Kind.NOT_FOUND, "Razorpay has no order of this payment"));
        boolean same = Ids.is(Ids.ORDER, order.require("id")) && (id.isEmpty() || id.get().equals(order.require("id")))
                && order.textOr("receipt", "").equals(expected.paymentId());
        if (!same) {
            throw new GatewayException(Kind.MISMATCH, "asked for one order, Razorpay answers with another");
        }
        return order;
    }

    /** What the order alone tells: created means that nobody tried. Orders never end at Razorpay, so time is told by us. */
    private State untried(Entity order, Expected expected) {
        return switch (order.textOr("status", "")) {
            case "created" -> clock.instant().isBefore(expected.expiresAt()) ? State.CREATED : State.EXPIRED;
            case "attempted" -> State.PENDING;
            default -> State.UNKNOWN; // also paid: by what is told by its payments
        };
    }
}

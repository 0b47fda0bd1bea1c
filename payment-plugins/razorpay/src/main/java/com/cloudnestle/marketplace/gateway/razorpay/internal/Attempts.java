package com.cloudnestle.marketplace.gateway.razorpay.internal;

import com.cloudnestle.marketplace.payment.Expected;
import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.PaymentSnapshot;
import com.cloudnestle.marketplace.payment.PaymentSnapshot.State;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Attempts to pay, which Razorpay calls payments. One that a bank has promised is collected when it is seen, if it is for the very
 * amount: Razorpay gives back after three days what nobody collected.
 */
final class Attempts {

    private static final Map<String, String> METHODS = Map.of("card", "Card", "upi", "UPI", "netbanking", "Net banking",
            "wallet", "Wallet", "emi", "EMI", "paylater", "Pay later", "bank_transfer", "Bank transfer");
    private static final List<State> RANKS = List.of(State.FAILED, State.UNKNOWN, State.PENDING, State.AUTHORIZED, State.CAPTURED);

    private final RazorpayApi api;

    Attempts(RazorpayApi api) {
        this.api = api;
    }

    Entity fetch(String id) throws GatewayException {
        Entity payment = api.get("/payments/" + Ids.require(Ids.PAYMENT, id), Map.of());
        if (!payment.require("id").equals(id)) {
            throw new GatewayException(Kind.MISMATCH, "asked for one payment, Razorpay answers with another");
        }
        return payment;
    }

    static State state(Entity payment) {
        return switch (payment.textOr("status", "")) {
            case "created" -> State.PENDING;
            case "authorized" -> State.AUTHORIZED;
            case "captured", "refunded" -> State.CAPTURED;
            case "failed" -> State.FAILED;
            default -> State.UNKNOWN;
        };
    }

    /** The one that counts: what was paid before what may be, and of equal ones the latest. */
    static Optional<Entity> best(List<Entity> payments) {
        return payments.stream().max(Comparator.<Entity>comparingInt(payment -> RANKS.indexOf(state(payment)))
                .thenComparingLong(payment -> payment.number("created_at").orElse(0)));
    }

    /** As it is after it was collected, if it can be. */
    Entity collected(Entity payment, Expected expected) throws GatewayException {
        if (state(payment) != State.AUTHORIZED || !payment.money("amount").equals(expected.amount())) {
            return payment;
        }
        String id = Ids.require(Ids.PAYMENT, payment.require("id"));
        try {
            Entity captured = api.post("/payments/" + id + "/capture", RazorpayApi.body()
                    .put("amount", expected.amount().minor()).put("currency", expected.amount().currency()));
            return captured.require("id").equals(id) ? captured : fetch(id);
        } catch (GatewayException e) {
            return switch (e.kind()) {
                case NOT_CONTACTED, RATE_LIMITED, AUTHENTICATION, FORBIDDEN, CONFIGURATION -> payment; // certainly not collected
                case OUTCOME_UNKNOWN -> throw e;
                default -> fetch(id); // e.g. somebody else collected it in between
            };
        }
    }

    /** @param order Razorpay's key of what was to be paid */
    static PaymentSnapshot snapshot(Expected expected, String order, Entity payment) throws GatewayException {
        Money amount = payment.money("amount");
        State state = state(payment);
        Optional<Money> fee = payment.number("fee").isPresent() ? Optional.of(payment.money("fee")) : Optional.empty();
        Money refunded = payment.number("amount_refunded").isPresent() ? payment.money("amount_refunded") : Money.zero(amount.currency());
        return new PaymentSnapshot(expected.paymentId(), order, Optional.of(payment.require("id")), state, amount, Optional.empty(),
                refunded, fee, METHODS.getOrDefault(payment.textOr("method", ""), ""), failure(payment, state));
    }

    static PaymentSnapshot untried(Expected expected, String order, State state, Money amount) {
        return new PaymentSnapshot(expected.paymentId(), order, Optional.empty(), state, amount, Optional.empty(),
                Money.zero(amount.currency()), Optional.empty(), "", "");
    }

    private static String failure(Entity payment, State state) {
        if (state == State.UNKNOWN) {
            return "status " + payment.text("status").filter(status -> status.matches("[a-z_]{1,40}")).orElse("unreadable");
        }
        if (state != State.FAILED) {
            return "";
        }
        Entity error = new Entity(RazorpayApi.body()
                .put("code", payment.textOr("error_code", "")).put("source", payment.textOr("error_source", ""))
                .put("step", payment.textOr("error_step", "")).put("reason", payment.textOr("error_reason", "")));
        return ApiErrors.words(error);
    }
}

package com.cloudnestle.marketplace.gateway.razorpay.internal;

import com.cloudnestle.marketplace.payment.Expected;
import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.PaymentSnapshot;
import com.cloudnestle.marketplace.payment.PaymentSnapshot.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The payment that a subscription begins with: the first of its invoices, which Razorpay writes itself. */
final class FirstCharges implements Flow {

    private final AccountSettings settings;
    private final RazorpayApi api;
    private final Attempts attempts;

    FirstCharges(AccountSettings settings, RazorpayApi api, Attempts attempts) {
        this.settings = settings;
        this.api = api;
        this.attempts = attempts;
    }

    /** Here the payment comes before the subscription under the signature. */
    @Override
    public String proven(Proof proof, Expected expected) throws GatewayException {
        String subscription = expected.providerOrderId().orElse("");
        proof.refuseOther("subscription_id", subscription);
        proof.requireSignature(Signatures.ofSubscription(proof.paymentId(), subscription, settings.keySecret().value()));
        return proof.paymentId();
    }

    @Override
    public PaymentSnapshot find(Expected expected) throws GatewayException {
        String id = Ids.require(Ids.SUBSCRIPTION, expected.providerOrderId().orElse(""));
        Entity subscription = api.get("/subscriptions/" + id, Map.of());
        if (!subscription.require("id").equals(id) || subscription.note("payment_id").filter(expected.paymentId()::equals).isEmpty()) {
            throw new GatewayException(Kind.MISMATCH, "asked for one subscription, Razorpay answers with another");
        }
        List<Entity> invoices = new ArrayList<>(api.get("/invoices", Map.of("subscription_id", id)).items("items"));
        invoices.sort(Comparator.comparingLong(invoice -> invoice.number("created_at").orElse(0)));
        for (Entity invoice : invoices) {
            Optional<String> payment = invoice.text("payment_id");
            if (payment.isPresent() && invoice.textOr("subscription_id", "").equals(id)) {
                return Attempts.snapshot(expected, id, attempts.collected(attempts.fetch(payment.get()), expected));
            }
        }
        return Attempts.untried(expected, id, state(subscription), Money.zero(expected.amount().currency()));
    }

    private static State state(Entity subscription) {
        return switch (subscription.textOr("status", "")) {
            case "created" -> State.CREATED;
            case "expired" -> State.EXPIRED;
            case "cancelled" -> State.FAILED;
            default -> State.PENDING; // consent is given and the charge is on its way
        };
    }
}

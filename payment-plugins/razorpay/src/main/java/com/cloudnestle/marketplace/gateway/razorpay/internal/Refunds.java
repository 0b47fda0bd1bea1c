package com.cloudnestle.marketplace.gateway.razorpay.internal;

import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.cloudnestle.marketplace.payment.RefundRequest;
import com.cloudnestle.marketplace.payment.RefundSnapshot;
import com.cloudnestle.marketplace.payment.RefundSnapshot.State;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Money back. The platform's key is Razorpay's idempotency key and the receipt that a refund is found by. */
final class Refunds {

    private static final int PAGE = 100;
    private static final int MOST_LISTED = 10_000;

    private final RazorpayApi api;

    Refunds(RazorpayApi api) {
        this.api = api;
    }

    /** @param payment the attempt that was paid */
    RefundSnapshot refund(RefundRequest request, String payment) throws GatewayException {
        ObjectNode body = RazorpayApi.body().put("amount", request.amount().minor()).put("speed", "normal").put("receipt", request.refundId());
        body.putObject("notes").put("refund_id", request.refundId()).put("payment_id", request.payment().paymentId());
        return snapshot(api.refund(payment, request.refundId(), body), request, payment);
    }

    RefundSnapshot fetch(RefundRequest request, String payment, Optional<String> refund) throws GatewayException {
        Entity found = refund.isPresent()
                ? api.get("/payments/" + payment + "/refunds/" + Ids.require(Ids.REFUND, refund.get()), Map.of())
                : byReceipt(request, payment);
        if (refund.isPresent() && !found.require("id").equals(refund.get())) {
            throw new GatewayException(Kind.MISMATCH, "asked for one refund, Razorpay answers with another");
        }
        return snapshot(found, request, payment);
    }

    private Entity byReceipt(RefundRequest request, String payment) throws GatewayException {
        for (int skip = 0; skip < MOST_LISTED; skip += PAGE) {
            List<Entity> page = api.get("/payments/" + payment + "/refunds",
                    Map.of("count", Integer.toString(PAGE), "skip", Integer.toString(skip))).items("items");
            Optional<Entity> found = page.stream().filter(refund -> refund.textOr("receipt", "").equals(request.refundId())).findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            if (page.size() < PAGE) {
                throw new GatewayException(Kind.NOT_FOUND, "Razorpay has no such refund of this payment");
            }
        }
        throw new GatewayException(Kind.OUTCOME_UNKNOWN, "looked through " + MOST_LISTED + " refunds in vain");
    }

    private static RefundSnapshot snapshot(Entity refund, RefundRequest request, String payment) throws GatewayException {
        String id = refund.require("id");
        boolean same = Ids.is(Ids.REFUND, id) && refund.textOr("payment_id", "").equals(payment)
                && refund.text("receipt").filter(receipt -> !receipt.equals(request.refundId())).isEmpty();
        if (!same || !refund.money("amount").equals(request.amount())) {
            throw new GatewayException(Kind.MISMATCH, "Razorpay's refund is not the one that was asked for");
        }
        State state = switch (refund.textOr("status", "")) {
            case "processed" -> State.PROCESSED;
            case "failed" -> State.FAILED;
            default -> State.PENDING; // also what has no name yet: it is asked for again
        };
        return new RefundSnapshot(request.refundId(), id, state, request.amount(), state == State.FAILED ? "failed" : "");
    }
}

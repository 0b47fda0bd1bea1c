package com.cloudnestle.marketplace.gateway.phonepe.internal;

import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.RefundRequest;
import com.cloudnestle.marketplace.payment.RefundSnapshot;
import com.cloudnestle.marketplace.payment.RefundSnapshot.State;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * Refunds. The provider has no key for repetitions besides the refund's own, so it is always looked for before it is made: one whose
 * outcome was not known is found, not made twice.
 */
final class Refunds {

    private final PhonePeApi api;
    private final String merchantId;

    Refunds(PhonePeApi api, String merchantId) {
        this.api = api;
        this.merchantId = merchantId;
    }

    RefundSnapshot make(RefundRequest request) throws GatewayException {
        long paise = Identity.paise(request.amount(), request.payment().amount().minor());
        Optional<RefundSnapshot> before = known(request);
        if (before.isPresent()) {
            return before.get();
        }
        ObjectNode body = PhonePeApi.object()
                .put("merchantRefundId", request.refundId())
                .put("originalMerchantOrderId", Identity.key(request.payment().paymentId()))
                .put("amount", paise);
        JsonNode made;
        try {
            made = api.make("/payments/v2/refund", body);
        } catch (GatewayException e) {
            if (e.kind() != Kind.DUPLICATE) {
                throw e;
            }
            return known(request).orElseThrow(() -> e); // the same request, sent by somebody else meanwhile
        }
        return snapshot(request, made);
    }

    private Optional<RefundSnapshot> known(RefundRequest request) throws GatewayException {
        RefundSnapshot known;
        try {
            known = look(request, Optional.empty());
        } catch (GatewayException e) {
            if (e.kind() == Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
        if (!known.amount().equals(request.amount())) {
            throw new GatewayException(Kind.MISMATCH, "there is a refund of another amount under this key");
        }
        return Optional.of(known);
    }

    RefundSnapshot look(RefundRequest request, Optional<String> providerRefundId) throws GatewayException {
        JsonNode refund = api.look("/payments/v2/refund/" + Identity.key(request.refundId()) + "/status");
        if (providerRefundId.isPresent()) {
            Identity.same(refund, "refundId", providerRefundId.get());
        }
        return snapshot(request, refund);
    }

    private RefundSnapshot snapshot(RefundRequest request, JsonNode refund) throws GatewayException {
        Identity.same(refund, "merchantRefundId", request.refundId());
        Identity.same(refund, "originalMerchantOrderId", request.payment().paymentId());
        Identity.same(refund, "merchantId", merchantId);
        Money amount = Identity.amount(refund);
        State state = state(refund.path("state").asText(""));
        return new RefundSnapshot(request.refundId(), Identity.providerKey(refund, "refundId"), state, amount,
                state == State.FAILED ? Identity.failure(refund) : "");
    }

    /** Accepted is not carried out; a state without a name here is to be asked for again. */
    private static State state(String said) {
        return switch (said) {
            case "COMPLETED" -> State.PROCESSED;
            case "FAILED" -> State.FAILED;
            default -> State.PENDING;
        };
    }
}

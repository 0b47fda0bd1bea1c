package com.cloudnestle.marketplace.gateway.phonepe.internal;

import com.cloudnestle.marketplace.payment.Expected;
import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.PaymentSnapshot;
import com.cloudnestle.marketplace.payment.PaymentSnapshot.State;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Orders as the provider tells of them. They are asked for by our key; the provider's, where both know it, must be the same. */
final class Orders {

    private final PhonePeApi api;
    private final String merchantId;

    Orders(PhonePeApi api, String merchantId) {
        this.api = api;
        this.merchantId = merchantId;
    }

    /** @throws GatewayException {@code NOT_FOUND}, {@code MISMATCH} */
    JsonNode look(String orderId) throws GatewayException {
        JsonNode order = api.look("/checkout/v2/order/" + Identity.key(orderId) + "/status?details=true&errorContext=true");
        Identity.same(order, "merchantOrderId", orderId);
        Identity.same(order, "merchantId", merchantId);
        return order;
    }

    PaymentSnapshot snapshot(Expected expected) throws GatewayException {
        JsonNode order = look(expected.paymentId());
        if (expected.providerOrderId().isPresent()) {
            Identity.same(order, "orderId", expected.providerOrderId().get());
        }
        return snapshot(expected.paymentId(), order);
    }

    /** @param order must be about this payment */
    PaymentSnapshot snapshot(String paymentId, JsonNode order) throws GatewayException {
        Optional<JsonNode> attempt = attempt(order);
        String failure = Identity.failure(order);
        State state = state(order.path("state").asText(""), attempt.isPresent(), failure);
        return new PaymentSnapshot(paymentId,
                Identity.providerKey(order, "orderId"),
                attempt.map(one -> Answer.text(one, "transactionId")).filter(key -> !key.isEmpty()),
                state,
                Identity.amount(order),
                Optional.of(Answer.text(order, "merchantId")).filter(id -> !id.isEmpty()),
                Money.zero(Identity.RUPEES), // refunds have a status of their own, orders do not tell of them
                Identity.optionalAmount(order, "feeAmount"),
                attempt.map(one -> method(one.path("paymentMode").asText(""))).orElse(""),
                state == State.CAPTURED ? "" : failure.isEmpty() ? attempt.map(Identity::failure).orElse("") : failure);
    }

    /** The attempt that succeeded, else the latest. */
    private static Optional<JsonNode> attempt(JsonNode order) {
        return StreamSupport.stream(order.path("paymentDetails").spliterator(), false)
                .filter(JsonNode::isObject)
                .max(Comparator.comparing((JsonNode one) -> one.path("state").asText("").equals("COMPLETED"))
                        .thenComparing(one -> one.path("timestamp").asLong(0)));
    }

    /** An order that expires is told as failed; then there is usually no attempt. */
    private static State state(String said, boolean attempted, String failure) {
        return switch (said) {
            case "COMPLETED" -> State.CAPTURED;
            case "PENDING" -> attempted ? State.PENDING : State.CREATED;
            case "FAILED" -> !attempted && failure.isEmpty() || failure.startsWith("ORDER_EXPIRED") ? State.EXPIRED : State.FAILED;
            case "EXPIRED" -> State.EXPIRED;
            // Of charges by mandate: the buyer has been, or is being, told of them.
            case "NOTIFICATION_IN_PROGRESS", "NOTIFIED" -> State.CREATED;
            default -> State.UNKNOWN;
        };
    }

    static String method(String mode) {
        return switch (mode) {
            case "UPI_INTENT", "UPI_COLLECT", "UPI_QR", "PPE_INTENT", "UPI" -> "UPI";
            case "UPI_AUTO_PAY" -> "UPI AutoPay";
            case "CARD", "TOKEN" -> "Card";
            case "NET_BANKING", "NETBANKING" -> "Net banking";
            default -> "";
        };
    }
}

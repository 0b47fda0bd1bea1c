package com.cloudnestle.marketplace.gateway.phonepe.internal;

import com.cloudnestle.marketplace.payment.WebhookResult;
import com.cloudnestle.marketplace.payment.WebhookResult.Subject;
import com.cloudnestle.marketplace.payment.WebhookResult.Trust;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a notification that was authenticated is about. Unknown events and members are no errors; what goes by {@code type} is
 * ignored, as PhonePe asks for.
 */
final class NotificationReader {

    private static final int MAX_KEY = 63;

    private final String merchantId;

    NotificationReader(String merchantId) {
        this.merchantId = merchantId;
    }

    /** Of the API v2: an envelope with the event and its payload; notifications of refunds also come without. */
    WebhookResult read(byte[] body, Trust trust) {
        Optional<JsonNode> json = document(body);
        if (json.isEmpty()) {
            return new WebhookResult.Rejected("the body is not one JSON object in UTF-8");
        }
        JsonNode enveloped = json.get().path("payload");
        JsonNode payload = enveloped.isObject() ? enveloped : json.get();
        if (!ours(payload)) {
            return new WebhookResult.NotForUs();
        }
        String named = Answer.text(json.get(), "event");
        String event = !named.isEmpty() ? named : payload.has("refundId") ? "pg.refund." + Answer.text(payload, "state") : "unnamed";
        Subject subject = subject(event);
        boolean refund = subject == Subject.REFUND;
        return new WebhookResult.Accepted(trust, subject, event,
                keys(trust, subject, body, event, payload),
                key(payload, refund ? "originalMerchantOrderId" : "merchantOrderId"),
                refund ? Optional.empty() : key(payload, "orderId"),
                refund ? key(payload, "merchantRefundId") : Optional.empty(),
                refund ? key(payload, "refundId") : Optional.empty());
    }

    /** One JSON object in UTF-8, strictly: the parser alone would also guess other encodings. */
    static Optional<JsonNode> document(byte[] body) {
        try {
            return Answer.parse(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    boolean ours(JsonNode payload) {
        JsonNode merchant = payload.path("merchantId");
        return merchant.isMissingNode() || merchant.isNull() || merchant.asText().equals(merchantId);
    }

    private static Subject subject(String event) {
        if (event.startsWith("pg.refund.")) {
            return Subject.REFUND;
        }
        if (Stream.of("checkout.order.", "checkout.transaction.", "pg.order.", "pg.transaction.", "subscription.redemption.",
                "subscription.setup.order.").anyMatch(event::startsWith)) {
            return Subject.PAYMENT;
        }
        if (event.startsWith("subscription.")) {
            return Subject.MANDATE;
        }
        return event.contains("chargeback") || event.contains("dispute") ? Subject.DISPUTE : Subject.OTHER;
    }

    /**
     * A body that is signed is known by what it tells, so that a copy with other spaces is a copy. Where the body could be anybody's,
     * such a key could be used up by an invented body before the true one comes: there only the very same bytes are a copy. The same
     * holds for mandates, which are paused and resumed more than once.
     */
    private static List<String> keys(Trust trust, Subject subject, byte[] body, String event, JsonNode payload) {
        String bytes = "body:" + Hashes.sha256(body);
        if (trust == Trust.SHARED_SECRET_HEADER || subject == Subject.MANDATE) {
            return List.of(bytes);
        }
        String told = Stream.concat(
                Stream.of(event, payload.path("state").asText("")),
                Stream.of("orderId", "merchantOrderId", "refundId", "merchantRefundId", "merchantSubscriptionId", "transactionId")
                        .map(member -> payload.path(member).asText("")))
                .collect(Collectors.joining("\n"));
        JsonNode attempts = payload.path("paymentDetails");
        String attempt = attempts.isEmpty() ? "" : attempts.path(attempts.size() - 1).path("transactionId").asText("");
        boolean telling = !told.replace("\n", "").equals(event);
        return telling ? List.of("told:" + Hashes.sha256(told + "\n" + attempt), bytes) : List.of(bytes);
    }

    static Optional<String> key(JsonNode payload, String member) {
        return Optional.of(Answer.text(payload, member)).filter(key -> !key.isEmpty() && key.length() <= MAX_KEY);
    }
}

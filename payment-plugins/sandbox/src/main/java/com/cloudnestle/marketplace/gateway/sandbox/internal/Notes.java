package com.cloudnestle.marketplace.gateway.sandbox.internal;

import com.cloudnestle.marketplace.gateway.sandbox.internal.Order.Refund;
import com.cloudnestle.marketplace.payment.RawWebhook;
import com.cloudnestle.marketplace.payment.WebhookResult;
import com.cloudnestle.marketplace.payment.WebhookResult.Subject;
import com.cloudnestle.marketplace.payment.WebhookResult.Trust;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Notifications: how the pretended provider writes and signs them, and how the gateway reads them. */
final class Notes {

    static final String SIGNATURE = "x-sandbox-signature";
    static final String EVENT = "x-sandbox-event";

    private final Keys keys;

    Notes(Keys keys) {
        this.keys = keys;
    }

    /** The body of a notification. */
    static byte[] body(String account, String event, Order order, Instant at) {
        ObjectNode note = Desk.JSON.createObjectNode().put("account", account).put("at", at.toEpochMilli());
        int refund = event.indexOf(':');
        note.put("event", refund < 0 ? event : event.substring(0, refund));
        note.set("order", Desk.order(account, order));
        if (refund >= 0) {
            Refund about = Books.refund(order, event.substring(refund + 1));
            note.set("refund", Desk.refund(account, order, about));
        }
        return Bytes.of(note);
    }

    /** The notification as it goes out, with the secret that signs today. */
    static RawWebhook signed(String secret, byte[] body, Instant at) {
        return new RawWebhook(List.of(
                new RawWebhook.Header("content-type", "application/json"),
                new RawWebhook.Header(EVENT, "sbe_" + Keys.random().substring(0, 26)),
                new RawWebhook.Header(SIGNATURE, signature(secret, body))), body, at);
    }

    private static String signature(String secret, byte[] body) {
        return Bytes.signature(secret.getBytes(StandardCharsets.US_ASCII), body);
    }

    /** Whether it is genuine, and what it is about; throws nothing. */
    WebhookResult read(RawWebhook webhook) {
        List<String> signatures = webhook.header(SIGNATURE);
        if (signatures.isEmpty()) {
            return new WebhookResult.NotForUs();
        }
        if (signatures.size() > 1 || !genuine(signatures.get(0), webhook.body())) {
            return new WebhookResult.Rejected("the signature does not fit");
        }
        try {
            return about(Desk.JSON.readTree(webhook.body()), webhook.body());
        } catch (IOException | StackOverflowError e) {
            return new WebhookResult.Rejected("the body is no document");
        }
    }

    private boolean genuine(String signature, byte[] body) {
        boolean fits = false;
        for (String secret : keys.notices()) {
            byte[] right = signature(secret, body).getBytes(StandardCharsets.US_ASCII);
            fits |= MessageDigest.isEqual(right, signature.getBytes(StandardCharsets.UTF_8));
        }
        return fits;
    }

    private WebhookResult about(JsonNode note, byte[] body) {
        if (!note.path("account").asText().equals(keys.account())) {
            return new WebhookResult.NotForUs();
        }
        String event = note.path("event").asText();
        JsonNode order = note.path("order");
        JsonNode refund = note.path("refund");
        boolean payments = event.startsWith("order.") && named(order);
        boolean refunds = event.startsWith("refund.") && named(refund) && named(order);
        Subject subject = refunds ? Subject.REFUND : payments ? Subject.PAYMENT : Subject.OTHER;
        String what = String.join("\n", event, id(order, "id"), order.path("state").asText(), order.path("payment").asText(),
                id(refund, "id"), refund.path("state").asText());
        List<String> keysOfIt = List.of("body:" + Bytes.digest(body), "what:" + Bytes.digest(what.getBytes(StandardCharsets.UTF_8)));
        return new WebhookResult.Accepted(Trust.SIGNED_BODY, subject, event.matches("[a-z.]{1,60}") ? event : "unknown",
                subject == Subject.OTHER ? keysOfIt.subList(0, 1) : keysOfIt, known(payments || refunds, order, "key"),
                known(payments || refunds, order, "id"), known(refunds, refund, "key"), known(refunds, refund, "id"));
    }

    private static boolean named(JsonNode part) {
        return !id(part, "id").isEmpty() && !id(part, "key").isEmpty();
    }

    private static Optional<String> known(boolean there, JsonNode part, String name) {
        return there ? Optional.of(id(part, name)) : Optional.empty();
    }

    /** A key as the provider and the platform make them; else nothing. */
    private static String id(JsonNode part, String name) {
        String text = part.path(name).asText();
        return text.matches("[A-Za-z0-9_-]{1,60}") ? text : "";
    }
}

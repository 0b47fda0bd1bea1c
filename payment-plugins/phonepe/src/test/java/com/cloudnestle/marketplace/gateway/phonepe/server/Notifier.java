package com.cloudnestle.marketplace.gateway.phonepe.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Writes the notifications of what happened, and signs them as the merchant chose. Thread-safe. */
final class Notifier {

    private final Merchant merchant;
    private final CheckoutApi checkout;
    private final SaltKeyApi saltKey;
    private final boolean hmac;
    private final List<Notification> all = new ArrayList<>();
    private Consumer<Notification> delivery = notification -> {};

    Notifier(Merchant merchant, CheckoutApi checkout, SaltKeyApi saltKey, boolean hmac) {
        this.merchant = merchant;
        this.checkout = checkout;
        this.saltKey = saltKey;
        this.hmac = hmac;
    }

    synchronized void deliverTo(Consumer<Notification> target) {
        delivery = target;
    }

    synchronized List<Notification> all() {
        return List.copyOf(all);
    }

    /** What happens meanwhile is written down and not sent. */
    synchronized void muted(Runnable work) {
        Consumer<Notification> before = delivery;
        delivery = notification -> {};
        try {
            work.run();
        } finally {
            delivery = before;
        }
    }

    synchronized void tell(Object what) {
        String event;
        JsonNode payload;
        String about;
        boolean old = false;
        if (what instanceof Order order) {
            about = order.merchantOrderId;
            boolean charge = order.mandate.isPresent() && order.redirectUrl.isEmpty();
            event = (charge ? "subscription.redemption.order." : "checkout.order.") + (order.completed() ? "completed" : "failed");
            old = order.oldApi;
            payload = old ? saltKey.document(order) : checkout.status(order, false);
        } else if (what instanceof Refund refund) {
            about = refund.order.merchantOrderId;
            event = "pg.refund." + (refund.state.equals("COMPLETED") ? "completed" : "failed");
            old = refund.order.oldApi;
            payload = old ? saltKey.document(refund) : checkout.status(refund);
        } else {
            Mandate mandate = (Mandate) what;
            about = mandate.merchantSubscriptionId;
            event = "subscription." + mandate.state.toLowerCase(Locale.ROOT);
            payload = Reply.object().put("merchantId", merchant.merchantId()).put("merchantSubscriptionId", mandate.merchantSubscriptionId)
                    .put("subscriptionId", mandate.subscriptionId).put("state", mandate.state);
        }
        Notification notification = old ? callback(about, payload) : signed(about, envelope(event, payload));
        all.add(notification);
        delivery.accept(notification);
    }

    private static byte[] envelope(String event, JsonNode payload) {
        ObjectNode envelope = Reply.object().put("event", event).put("type", "TO_BE_IGNORED");
        envelope.set("payload", payload);
        return envelope.toString().getBytes(StandardCharsets.UTF_8);
    }

    private Notification signed(String about, byte[] body) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", "application/json");
        if (hmac) {
            headers.put("x-phonepe-checksum-key-id", merchant.webhookKeyId());
            headers.put("x-phonepe-checksum-signature", Signatures.hmac(merchant.webhookSecret(), body));
        } else {
            headers.put("authorization", Signatures.sha256(merchant.webhookUsername() + ":" + merchant.webhookPassword()));
        }
        return new Notification(about, headers, body);
    }

    private Notification callback(String about, JsonNode document) {
        String response = Base64.getEncoder().encodeToString(document.toString().getBytes(StandardCharsets.UTF_8));
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", "application/json");
        headers.put("x-verify", Signatures.sha256(response + merchant.saltKey()) + "###" + merchant.saltIndex());
        return new Notification(about, headers,
                Reply.object().put("response", response).toString().getBytes(StandardCharsets.UTF_8));
    }
}

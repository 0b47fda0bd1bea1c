package com.cloudnestle.marketplace.gateway.razorpay.internal;

import com.cloudnestle.marketplace.payment.RawWebhook;
import com.cloudnestle.marketplace.payment.WebhookResult;
import com.cloudnestle.marketplace.payment.WebhookResult.Accepted;
import com.cloudnestle.marketplace.payment.WebhookResult.NotForUs;
import com.cloudnestle.marketplace.payment.WebhookResult.Rejected;
import com.cloudnestle.marketplace.payment.WebhookResult.Subject;
import com.cloudnestle.marketplace.payment.WebhookResult.Trust;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells genuine notifications and what they are about. The signature covers the body and nothing else: no header is believed, the
 * event id least of all, with which anybody who saw a notification could make it look new.
 */
final class WebhookReader {

    static final String SIGNATURE = "x-razorpay-signature";
    static final String EVENT_ID = "x-razorpay-event-id";

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern EVENT = Pattern.compile("[a-z_.]{1,80}");
    private static final Pattern OUR_KEY = Pattern.compile("[A-Za-z0-9_-]{1,34}");
    private static final int MAX_KEY = 200;
    private static final Set<String> PAYMENTS = Set.of("payment.authorized", "payment.captured", "payment.failed", "payment.pending");

    private final AccountSettings settings;

    WebhookReader(AccountSettings settings) {
        this.settings = settings;
    }

    WebhookResult read(RawWebhook webhook) {
        List<String> signatures = webhook.header(SIGNATURE);
        if (signatures.isEmpty()) {
            return new NotForUs();
        }
        boolean plain = webhook.header("content-encoding").stream().allMatch("identity"::equalsIgnoreCase);
        if (signatures.size() != 1 || !HEX.matcher(signatures.get(0)).matches() || webhook.body().length == 0 || !plain) {
            return new Rejected("needs one signature of 64 lower-case hexadecimal digits over a plain body");
        }
        if (settings.webhookSecrets().signer(webhook.body(), signatures.get(0), webhook.receivedAt()).isEmpty()) {
            return new Rejected("the signature does not fit");
        }
        Optional<Entity> event = Entity.parse(webhook.body());
        if (event.isEmpty() || event.get().text("event").filter(name -> EVENT.matcher(name).matches()).isEmpty()) {
            return new Rejected("signed, but not a notification");
        }
        return event.get().textOr("account_id", "").equals(settings.account()) ? accept(webhook, event.get()) : new NotForUs();
    }

    private static WebhookResult accept(RawWebhook webhook, Entity event) {
        String name = event.textOr("event", "");
        Optional<Entity> payment = entity(event, "payment");
        Optional<Entity> order = entity(event, "order");
        Optional<Entity> refund = entity(event, "refund");
        Optional<String> providerOrder = own(entity(event, "payment_link"), Ids.LINK)
                .or(() -> own(entity(event, "subscription"), Ids.SUBSCRIPTION))
                .or(() -> payment.flatMap(each -> each.text("order_id")).filter(id -> Ids.is(Ids.ORDER, id)))
                .or(() -> own(order, Ids.ORDER));
        Optional<String> paymentId = order.flatMap(each -> each.text("receipt"))
                .or(() -> entity(event, "payment_link").flatMap(each -> each.text("reference_id")))
                .filter(key -> OUR_KEY.matcher(key).matches());
        return new Accepted(Trust.SIGNED_BODY, subject(name), name, duplicateKeys(webhook, event, name), paymentId, providerOrder,
                refund.flatMap(each -> each.text("receipt")).filter(key -> OUR_KEY.matcher(key).matches()), own(refund, Ids.REFUND));
    }

    private static Subject subject(String event) {
        if (event.startsWith("payment.dispute.")) {
            return Subject.DISPUTE;
        }
        if (event.startsWith("refund.")) {
            return Subject.REFUND;
        }
        if (event.startsWith("subscription.")) {
            return Subject.MANDATE;
        }
        return PAYMENTS.contains(event) || event.equals("order.paid") || event.startsWith("payment_link.") ? Subject.PAYMENT : Subject.OTHER;
    }

    /**
     * What happened to which object, and the body. The event id only together with what happened: alone, it could be written over the
     * body of one notification to make another look like a copy.
     */
    private static List<String> duplicateKeys(RawWebhook webhook, Entity event, String name) {
        List<String> keys = new ArrayList<>(List.of("body:" + hash(webhook.body())));
        StringBuilder happened = new StringBuilder(name);
        boolean named = false;
        for (String kind : List.of("refund", "dispute", "payment_link", "subscription", "invoice", "order", "payment")) {
            Entity object = entity(event, kind).orElse(null);
            if (object != null && object.text("id").isPresent()) {
                named = true;
                happened.append(':').append(object.textOr("id", "")).append('=').append(object.textOr("status", ""));
                object.number("paid_count").ifPresent(count -> happened.append('#').append(count));
                object.number("amount_paid").ifPresent(paid -> happened.append('+').append(paid));
            }
        }
        if (named) {
            keys.add(bounded("event:" + happened));
            webhook.header(EVENT_ID).stream().filter(id -> id.length() <= MAX_KEY).findFirst()
                    .ifPresent(id -> keys.add("id:" + hash((id + " " + happened).getBytes(StandardCharsets.UTF_8))));
        }
        return keys;
    }

    private static String bounded(String key) {
        return key.length() <= MAX_KEY ? key : "event:" + hash(key.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<Entity> entity(Entity event, String kind) {
        return event.child("payload").flatMap(payload -> payload.child(kind)).flatMap(wrapper -> wrapper.child("entity"));
    }

    private static Optional<String> own(Optional<Entity> entity, String prefix) {
        return entity.flatMap(each -> each.text("id")).filter(id -> Ids.is(prefix, id));
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

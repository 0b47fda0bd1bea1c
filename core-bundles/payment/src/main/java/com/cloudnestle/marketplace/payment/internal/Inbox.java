package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.payment.PaymentGateway;
import com.cloudnestle.marketplace.payment.RawWebhook;
import com.cloudnestle.marketplace.payment.WebhookResult;
import com.cloudnestle.marketplace.payment.WebhookResult.Accepted;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Write;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes notifications in. Of a genuine one its keys and what it is about are kept, with a task, before the sender is answered; not its
 * text, which is full of people, and which is believed in nothing.
 */
final class Inbox {

    /** Longer than the 15 days in which providers send again. */
    static final Duration KEPT = Duration.ofDays(30);

    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);
    private static final int MAX_KEYS = 10;

    private final PaymentBook book;
    private final Offers gateways;
    private final Tasks tasks;
    private final Consumer<Task> begin;

    Inbox(PaymentBook book, Offers gateways, Tasks tasks, Consumer<Task> begin) {
        this.book = book;
        this.gateways = gateways;
        this.tasks = tasks;
        this.begin = begin;
    }

    void accept(Optional<String> named, RawWebhook webhook) {
        String refused = "nobody knows it";
        for (PaymentGateway gateway : gateways.senders(named)) {
            WebhookResult result = authenticated(gateway, webhook);
            if (result instanceof Accepted accepted) {
                keep(gateway, accepted, webhook);
                return;
            }
            if (result instanceof WebhookResult.Rejected rejected) {
                refused = gateway.id() + ": " + rejected.reason();
            }
        }
        LOG.warn("event=webhook_refused gateway={} size_bytes={} reason=\"{}\"", named.orElse("any"), webhook.body().length, refused);
        throw new MarketplaceException(Problem.WEBHOOK_REFUSED, "The notification is not genuine.");
    }

    private static WebhookResult authenticated(PaymentGateway gateway, RawWebhook webhook) {
        try {
            return gateway.authenticate(webhook);
        } catch (RuntimeException e) { // it promises to throw nothing; who sends what breaks it is not believed
            LOG.error("event=gateway_call_broken call=authenticate gateway={}", gateway.id(), e);
            return new WebhookResult.Rejected("the gateway failed");
        }
    }

    private void keep(PaymentGateway gateway, Accepted accepted, RawWebhook webhook) {
        List<String> keys = accepted.duplicateKeys().stream().distinct().limit(MAX_KEYS).toList();
        Map<String, String> facts = facts(gateway, accepted, keys.get(0));
        facts.put("at", Long.toString(webhook.receivedAt().toEpochMilli()));
        Task task = Task.of(Task.Kind.WEBHOOK, facts.get("ref"), tasks.held(), facts);
        List<Write> writes = new ArrayList<>();
        for (String key : keys) {
            Map<String, Object> attributes = new HashMap<>(facts);
            attributes.put("receivedAt", webhook.receivedAt().toEpochMilli());
            attributes.put("trust", accepted.trust().name());
            attributes.put("sha256", sha256(webhook.body()));
            attributes.put(Item.TTL, book.now().plus(KEPT).getEpochSecond());
            writes.add(new Write.Put(
                    new Item(Keys.webhook(gateway.id(), gateway.account(), key), attributes), Condition.itemAbsent()));
        }
        writes.add(Tasks.written(task));
        if (!book.store().transact(writes).applied()) {
            LOG.debug("event=webhook_known gateway={} webhook={}", gateway.id(), task.ref());
            return;
        }
        LOG.info("event=webhook_accepted gateway={} webhook={} subject={} trust={}",
                gateway.id(), task.ref(), accepted.subject(), accepted.trust());
        begin.accept(task);
    }

    private static Map<String, String> facts(PaymentGateway gateway, Accepted accepted, String firstKey) {
        Map<String, String> facts = new HashMap<>();
        facts.put("gateway", gateway.id());
        facts.put("account", gateway.account());
        facts.put("event", accepted.event().substring(0, Math.min(100, accepted.event().length())));
        facts.put("subject", accepted.subject().name());
        facts.put("ref", Ids.digest(gateway.id(), gateway.account(), firstKey).substring(0, 32));
        facts.put("key", firstKey);
        accepted.paymentId().ifPresent(id -> facts.put("payment", id));
        accepted.providerOrderId().ifPresent(id -> facts.put("order", id));
        accepted.refundId().ifPresent(id -> facts.put("refund", id));
        accepted.providerRefundId().ifPresent(id -> facts.put("providerRefund", id));
        return facts;
    }

    private static String sha256(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}

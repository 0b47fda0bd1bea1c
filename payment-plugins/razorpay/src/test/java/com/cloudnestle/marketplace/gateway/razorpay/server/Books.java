package com.cloudnestle.marketplace.gateway.razorpay.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What Razorpay has on record: orders, payments and refunds. Guarded by its own lock. */
final class Books {

    private static final String ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
    private static final Set<String> REFUND_MEMBERS = Set.of("amount", "speed", "notes", "receipt");

    final Map<String, ObjectNode> orders = new LinkedHashMap<>();
    final Map<String, ObjectNode> payments = new LinkedHashMap<>();
    final Map<String, ObjectNode> refunds = new LinkedHashMap<>();
    private final Map<String, String> idempotentBodies = new LinkedHashMap<>();
    private final Map<String, String> idempotentRefunds = new LinkedHashMap<>();
    private final InstantSource clock;
    private final Notifications notifications;
    private long drawn = 7;

    Books(InstantSource clock, Notifications notifications) {
        this.clock = clock;
        this.notifications = notifications;
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    synchronized String id(String prefix) {
        StringBuilder id = new StringBuilder(prefix);
        for (int i = 0; i < 14; i++) {
            drawn = drawn * 6364136223846793005L + 1442695040888963407L;
            id.append(ALPHABET.charAt((int) ((drawn >>> 33) % ALPHABET.length())));
        }
        return id.toString();
    }

    long now() {
        return clock.instant().getEpochSecond();
    }

    /** Empty notes are an array. */
    static void copyNotes(JsonNode from, ObjectNode to) {
        JsonNode notes = from.path("notes");
        if (notes.isObject() && !notes.isEmpty()) {
            if (notes.size() > 15) {
                throw ApiRefusal.bad("notes", "Number of fields in notes should be less than or equal to 15");
            }
            to.set("notes", notes.deepCopy());
        } else {
            to.putArray("notes");
        }
    }

    static long requireAmount(JsonNode body, String member, long minimum) {
        JsonNode amount = body.path(member);
        if (!amount.isIntegralNumber()) {
            throw ApiRefusal.bad(member, "The " + member + " must be an integer.");
        }
        if (amount.longValue() < minimum) {
            throw ApiRefusal.bad(member, "Order amount less than minimum amount allowed");
        }
        return amount.longValue();
    }

    static String requireText(JsonNode body, String member, int max) {
        String text = body.path(member).asText("");
        if (text.isEmpty() || text.length() > max) {
            throw ApiRefusal.bad(member, "The " + member + " must have 1 to " + max + " characters.");
        }
        return text;
    }

    static ObjectNode collection(List<ObjectNode> all, Map<String, String> query) {
        int count = (int) whole(query, "count", 10);
        int skip = (int) whole(query, "skip", 0);
        if (count > 100) {
            throw ApiRefusal.bad("count", "The count may not be greater than 100.");
        }
        long from = whole(query, "from", 0);
        long to = whole(query, "to", Long.MAX_VALUE);
        List<ObjectNode> newestFirst = new ArrayList<>(all);
        java.util.Collections.reverse(newestFirst);
        ObjectNode collection = object().put("entity", "collection");
        var items = JsonNodeFactory.instance.arrayNode();
        newestFirst.stream().filter(item -> item.path("created_at").asLong() >= from && item.path("created_at").asLong() <= to)
                .skip(skip).limit(count).forEach(item -> items.add(item.deepCopy()));
        collection.put("count", items.size());
        collection.set("items", items);
        return collection;
    }

    private static long whole(Map<String, String> query, String name, long usual) {
        String text = query.getOrDefault(name, Long.toString(usual));
        if (!text.matches("[0-9]{1,19}")) {
            throw ApiRefusal.bad(name, "The " + name + " must be an integer.");
        }
        return Long.parseLong(text);
    }

    static ObjectNode require(Map<String, ObjectNode> all, String id) {
        ObjectNode found = all.get(id);
        if (found == null) {
            throw ApiRefusal.unknownId();
        }
        return found;
    }

    synchronized List<ObjectNode> matching(Map<String, ObjectNode> all, Predicate<ObjectNode> wanted) {
        return all.values().stream().filter(wanted).toList();
    }

    synchronized ObjectNode createOrder(JsonNode body) {
        long amount = requireAmount(body, "amount", body.path("currency").asText("").equals("INR") ? 100 : 1);
        ObjectNode order = object().put("id", id("order_")).put("entity", "order").put("amount", amount).put("amount_paid", 0)
                .put("amount_due", amount).put("currency", requireText(body, "currency", 3));
        String receipt = body.path("receipt").asText("");
        if (receipt.length() > 40) {
            throw ApiRefusal.bad("receipt", "The receipt may not be greater than 40 characters.");
        }
        order.put("receipt", receipt.isEmpty() ? null : receipt).putNull("offer_id");
        order.put("status", "created").put("attempts", 0);
        copyNotes(body, order);
        order.put("created_at", now());
        orders.put(order.get("id").textValue(), order);
        return order.deepCopy();
    }

    /** What a buyer does on the checkout page. */
    synchronized ObjectNode attempt(String orderId, String method) {
        ObjectNode order = require(orders, orderId);
        if (order.get("status").textValue().equals("paid")) {
            throw ApiRefusal.bad("This order has already been paid");
        }
        order.put("status", "attempted").put("attempts", order.get("attempts").intValue() + 1);
        ObjectNode payment = object().put("id", id("pay_")).put("entity", "payment").put("amount", order.get("amount").longValue())
                .put("currency", order.get("currency").textValue()).put("status", "created").put("order_id", orderId)
                .putNull("invoice_id").put("international", false).put("method", method).put("amount_refunded", 0)
                .putNull("refund_status").put("captured", false).put("email", "buyer@example.invalid").put("contact", "+919000000000")
                .putNull("fee").putNull("tax").putNull("error_code").putNull("error_description").putNull("error_source")
                .putNull("error_step").putNull("error_reason").put("vpa", method.equals("upi") ? "buyer@upi" : null);
        payment.putArray("notes");
        payment.put("created_at", now());
        payments.put(payment.get("id").textValue(), payment);
        return payment;
    }

    synchronized void authorize(ObjectNode payment) {
        payment.put("status", "authorized");
        for (String member : List.of("error_code", "error_description", "error_source", "error_step", "error_reason")) {
            payment.putNull(member);
        }
        notifications.happened("payment.authorized", orderOf(payment), Map.of("payment", payment));
    }

    synchronized void fail(ObjectNode payment) {
        payment.put("status", "failed").put("error_code", "BAD_REQUEST_ERROR").put("error_description", "Payment failed at the bank")
                .put("error_source", "bank").put("error_step", "payment_authorization").put("error_reason", "payment_failed");
        notifications.happened("payment.failed", orderOf(payment), Map.of("payment", payment));
    }

    synchronized ObjectNode capture(String id, JsonNode body) {
        ObjectNode payment = require(payments, id);
        long amount = requireAmount(body, "amount", 1);
        if (!payment.get("status").textValue().equals("authorized")) {
            throw ApiRefusal.bad(payment.get("captured").booleanValue() ? "This payment has already been captured"
                    : "Only payments which have been authorized and not yet captured can be captured");
        }
        if (amount != payment.get("amount").longValue() || !body.path("currency").asText("INR").equals(payment.get("currency").textValue())) {
            throw ApiRefusal.bad("amount", "Capture amount must be equal to the amount authorized");
        }
        collect(payment);
        return payment.deepCopy();
    }

    synchronized void collect(ObjectNode payment) {
        long amount = payment.get("amount").longValue();
        payment.put("status", "captured").put("captured", true).put("fee", amount * 236 / 10_000).put("tax", amount * 36 / 10_000);
        notifications.happened("payment.captured", orderOf(payment), Map.of("payment", payment));
        ObjectNode order = orders.get(orderOf(payment));
        if (order != null) {
            order.put("status", "paid").put("amount_paid", amount).put("amount_due", Math.max(0, order.get("amount").longValue() - amount));
            Map<String, ObjectNode> both = new LinkedHashMap<>();
            both.put("payment", payment);
            both.put("order", order);
            notifications.happened("order.paid", orderOf(payment), both);
        }
    }

    private static String orderOf(ObjectNode payment) {
        return payment.path("order_id").asText("");
    }

    synchronized ObjectNode refund(String paymentId, JsonNode body, @Nullable String key) {
        body.fieldNames().forEachRemaining(name -> {
            if (!REFUND_MEMBERS.contains(name)) {
                throw ApiRefusal.bad(name, name + " is/are not required and should not be sent");
            }
        });
        if (key != null) {
            if (!key.matches("[A-Za-z0-9_-]{10,}")) {
                throw ApiRefusal.bad("The idempotency key must have at least 10 of A-Z, a-z, 0-9, - and _");
            }
            String same = idempotentBodies.putIfAbsent(key, paymentId + body);
            if (same != null && !same.equals(paymentId + body)) {
                throw ApiRefusal.conflict("Different request with the same idempotency key");
            }
            if (idempotentRefunds.containsKey(key)) {
                return refunds.get(idempotentRefunds.get(key)).deepCopy();
            }
        }
        try {
            ObjectNode refund = refund(require(payments, paymentId), body);
            if (key != null) {
                idempotentRefunds.put(key, refund.get("id").textValue());
            }
            return refund.deepCopy();
        } catch (ApiRefusal e) {
            idempotentBodies.remove(key);
            throw e;
        }
    }

    private ObjectNode refund(ObjectNode payment, JsonNode body) {
        long left = payment.get("amount").longValue() - payment.get("amount_refunded").longValue();
        if (!payment.get("captured").booleanValue()) {
            throw ApiRefusal.bad("The payment status should be captured for action to be taken");
        }
        if (left == 0) {
            throw ApiRefusal.bad("The payment has been fully refunded already");
        }
        long amount = body.has("amount") ? requireAmount(body, "amount", 100) : left;
        if (amount > left) {
            throw ApiRefusal.bad("amount", "The total refund amount is greater than the refund payment amount");
        }
        ObjectNode refund = object().put("id", id("rfnd_")).put("entity", "refund").put("amount", amount)
                .put("currency", payment.get("currency").textValue()).put("payment_id", payment.get("id").textValue());
        copyNotes(body, refund);
        refund.put("receipt", body.path("receipt").isTextual() ? body.get("receipt").textValue() : null);
        refund.putObject("acquirer_data").putNull("arn");
        refund.put("created_at", now()).putNull("batch_id").put("status", "pending").putNull("speed_processed")
                .put("speed_requested", body.path("speed").asText("normal"));
        refunds.put(refund.get("id").textValue(), refund);
        given(payment, amount);
        told("refund.created", refund, payment);
        return refund;
    }

    private static void given(ObjectNode payment, long amount) {
        long all = payment.get("amount_refunded").longValue() + amount;
        boolean whole = all == payment.get("amount").longValue();
        payment.put("amount_refunded", all).put("refund_status", all == 0 ? null : whole ? "full" : "partial")
                .put("status", whole ? "refunded" : "captured");
    }

    synchronized void refundProcessed(ObjectNode refund) {
        refund.put("status", "processed").put("speed_processed", "normal");
        told("refund.processed", refund, require(payments, refund.get("payment_id").textValue()));
    }

    synchronized void refundFailed(ObjectNode refund) {
        refund.put("status", "failed");
        ObjectNode payment = require(payments, refund.get("payment_id").textValue());
        given(payment, -refund.get("amount").longValue());
        told("refund.failed", refund, payment);
    }

    private void told(String event, ObjectNode refund, ObjectNode payment) {
        Map<String, ObjectNode> both = new LinkedHashMap<>();
        both.put("refund", refund);
        both.put("payment", payment);
        notifications.happened(event, orderOf(payment), both);
    }
}

package com.cloudnestle.marketplace.gateway.razorpay.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Which call of the API is which. */
final class Routes {

    private final Books books;
    private final Agreements agreements;
    private final Transfers transfers;

    Routes(Books books, Agreements agreements, Transfers transfers) {
        this.books = books;
        this.agreements = agreements;
        this.transfers = transfers;
    }

    /** Of parameters that come twice the last one counts. */
    static Map<String, String> query(URI uri) {
        Map<String, String> query = new LinkedHashMap<>();
        String raw = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        for (String pair : raw.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.put(URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return query;
    }

    ObjectNode answer(String method, String path, Map<String, String> query, JsonNode body, UnaryOperator<@Nullable String> header) {
        List<String> parts = List.of(path.substring("/v1/".length()).split("/"));
        String call = method + " " + parts.get(0) + (parts.size() > 1 ? "/:id" : "") + (parts.size() > 2 ? "/" + parts.get(2) : "")
                + (parts.size() > 3 ? "/:id" : "");
        String id = parts.size() > 1 ? parts.get(1) : "";
        synchronized (books) {
            return switch (call) {
                case "POST orders" -> books.createOrder(body);
                case "GET orders" -> orders(query);
                case "GET orders/:id" -> Books.require(books.orders, id).deepCopy();
                case "GET orders/:id/payments" -> ofOrder(id, query);
                case "GET payments" -> Books.collection(List.copyOf(books.payments.values()), query);
                case "GET payments/:id" -> Books.require(books.payments, id).deepCopy();
                case "POST payments/:id/capture" -> books.capture(id, body);
                case "POST payments/:id/refund" -> books.refund(id, body, header.apply("X-Refund-Idempotency"));
                case "GET payments/:id/refunds" -> ofPayment(id, query);
                case "GET payments/:id/refunds/:id" -> refundOf(id, parts.get(3));
                case "POST contacts" -> transfers.createContact(body);
                case "POST fund_accounts" -> transfers.createFundAccount(body);
                case "POST payouts" -> transfers.createPayout(body, header.apply("X-Payout-Idempotency"));
                case "GET payouts/:id" -> Books.require(transfers.payouts, id).deepCopy();
                case "GET refunds/:id" -> Books.require(books.refunds, id).deepCopy();
                default -> agreement(call, id, query, body);
            };
        }
    }

    private ObjectNode agreement(String call, String id, Map<String, String> query, JsonNode body) {
        return switch (call) {
            case "POST payment_links" -> agreements.createLink(body);
            case "GET payment_links" -> agreements.links(query);
            case "GET payment_links/:id" -> Books.require(agreements.links, id).deepCopy();
            case "POST payment_links/:id/cancel" -> agreements.cancelLink(id);
            case "POST plans" -> agreements.createPlan(body);
            case "GET plans" -> Books.collection(List.copyOf(agreements.plans.values()), query);
            case "GET plans/:id" -> Books.require(agreements.plans, id).deepCopy();
            case "GET invoices" -> Books.collection(agreements.invoices.values().stream()
                    .filter(invoice -> invoice.get("subscription_id").textValue().equals(query.getOrDefault("subscription_id", ""))).toList(), query);
            case "POST subscriptions" -> agreements.createSubscription(body);
            case "GET subscriptions" -> Books.collection(List.copyOf(agreements.subscriptions.values()), query);
            case "GET subscriptions/:id" -> Books.require(agreements.subscriptions, id).deepCopy();
            case "POST subscriptions/:id/cancel" -> agreements.cancelSubscription(id, body);
            case "POST subscriptions/:id/pause" -> agreements.subscriptionBecomes(id, "paused", Set.of("active"));
            case "POST subscriptions/:id/resume" -> agreements.subscriptionBecomes(id, "active", Set.of("paused"));
            default -> throw ApiRefusal.noSuchAddress();
        };
    }

    private ObjectNode orders(Map<String, String> query) {
        String receipt = query.getOrDefault("receipt", "");
        return Books.collection(books.matching(books.orders,
                order -> receipt.isEmpty() || order.path("receipt").asText("").equals(receipt)), query);
    }

    private ObjectNode ofOrder(String id, Map<String, String> query) {
        Books.require(books.orders, id);
        return Books.collection(books.matching(books.payments, payment -> payment.path("order_id").asText("").equals(id)), query);
    }

    private ObjectNode ofPayment(String id, Map<String, String> query) {
        Books.require(books.payments, id);
        return Books.collection(books.matching(books.refunds, refund -> refund.get("payment_id").textValue().equals(id)), query);
    }

    private ObjectNode refundOf(String payment, String id) {
        ObjectNode refund = Books.require(books.refunds, id);
        if (!refund.get("payment_id").textValue().equals(payment)) {
            throw ApiRefusal.unknownId();
        }
        return refund.deepCopy();
    }
}

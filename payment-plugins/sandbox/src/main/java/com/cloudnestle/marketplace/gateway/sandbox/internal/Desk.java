package com.cloudnestle.marketplace.gateway.sandbox.internal;

import com.cloudnestle.marketplace.gateway.sandbox.internal.Books.Opening;
import com.cloudnestle.marketplace.gateway.sandbox.internal.Books.Refunding;
import com.cloudnestle.marketplace.gateway.sandbox.internal.Order.Refund;
import com.cloudnestle.marketplace.payment.Money;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/** The pretended provider's interface for merchants: opens orders, gives back, and says how things stand. */
final class Desk implements Line {

    static final ObjectMapper JSON = new ObjectMapper();

    private final Books books;
    private final Keys keys;

    Desk(Books books, Keys keys) {
        this.books = books;
        this.keys = keys;
    }

    @Override
    public Answer ask(Question question) throws IOException {
        if (!question.key().equals(keys.api())) {
            return problem(401, "KEY_UNKNOWN");
        }
        return switch (question.method() + " " + question.path()) {
            case "POST /orders" -> open(JSON.readTree(question.body()));
            case "GET /orders" -> books.byKey(question.query().getOrDefault("key", "")).map(order -> reply(200, order(keys.account(), order)))
                    .orElseGet(() -> problem(404, "ORDER_UNKNOWN"));
            case "POST /refunds" -> refund(JSON.readTree(question.body()));
            case "GET /refunds" -> {
                String key = question.query().getOrDefault("key", "");
                yield books.byRefund(key).map(order -> reply(200, refund(keys.account(), order, Books.refund(order, key))))
                        .orElseGet(() -> problem(404, "REFUND_UNKNOWN"));
            }
            default -> problem(404, "NOTHING_HERE");
        };
    }

    private Answer open(JsonNode asked) {
        Money amount = new Money(asked.path("amount").asLong(), asked.path("currency").asText());
        Opening opening = books.open(asked.path("key").asText(), amount, asked.path("description").asText(),
                asked.path("return_url").asText(), asked.path("expires_at").asLong());
        return reply(opening.fresh() ? 200 : 409, order(keys.account(), opening.order()));
    }

    private Answer refund(JsonNode asked) {
        Refunding outcome = books.refund(asked.path("order_key").asText(), asked.path("key").asText(), asked.path("amount").asLong());
        if (outcome instanceof Refunding.Done done) {
            return reply(200, refund(keys.account(), done.order(), done.refund()));
        }
        String code = outcome instanceof Refunding.Refused refused ? refused.code() : "";
        return problem(code.equals("ORDER_UNKNOWN") ? 404 : code.equals("REFUND_KEY_USED") ? 409 : 400, code);
    }

    /** An order as merchants and notifications see it. */
    static ObjectNode order(String account, Order order) {
        return JSON.createObjectNode()
                .put("id", order.id())
                .put("key", order.key())
                .put("account", account)
                .put("state", word(order.state()))
                .put("amount", order.paid() ? order.collected() : order.minor())
                .put("currency", order.paid() ? order.collectedCurrency() : order.currency())
                .put("payment", order.attempt())
                .put("refunded", order.refunded())
                .put("failure", order.failure())
                .put("expires_at", order.expiresAt());
    }

    static ObjectNode refund(String account, Order order, Refund refund) {
        return JSON.createObjectNode()
                .put("id", refund.id())
                .put("key", refund.key())
                .put("account", account)
                .put("order", order.id())
                .put("order_key", order.key())
                .put("state", word(refund.state()))
                .put("amount", refund.minor())
                .put("currency", order.collectedCurrency());
    }

    private static String word(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static Answer problem(int status, String code) {
        return reply(status, JSON.createObjectNode().put("code", code));
    }

    private static Answer reply(int status, ObjectNode body) {
        return new Answer(status, Optional.empty(), Bytes.of(body));
    }
}

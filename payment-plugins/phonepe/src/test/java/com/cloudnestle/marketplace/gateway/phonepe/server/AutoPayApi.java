package com.cloudnestle.marketplace.gateway.phonepe.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Mandates of the API v2 by standard checkout. */
final class AutoPayApi {

    private static final Pattern STATUS = Pattern.compile("/checkout/v2/subscriptions/([^/]+)/status");
    private static final Pattern CANCEL = Pattern.compile("/checkout/v2/subscriptions/([^/]+)/cancel");
    private static final Set<String> FREQUENCIES = Set.of("DAILY", "WEEKLY", "FORTNIGHTLY", "MONTHLY", "BIMONTHLY", "QUARTERLY", "HALFYEARLY",
            "YEARLY", "ON_DEMAND");
    private static final Duration NOTICE = Duration.ofHours(24);
    private static final long MAXIMUM = 1_500_000;

    private final Book book;

    AutoPayApi(Book book) {
        this.book = book;
    }

    /** Empty: not a call of this part. */
    Optional<Reply> answer(Asked asked) {
        String call = asked.method() + " " + asked.path();
        if (call.equals("POST /checkout/v2/subscriptions/notify")) {
            return Optional.of(book.locked(() -> announce(asked.json())));
        }
        if (call.equals("POST /checkout/v2/subscriptions/redeem")) {
            return Optional.of(book.locked(() -> redeem(asked.json())));
        }
        Matcher status = STATUS.matcher(asked.path());
        if (asked.method().equals("GET") && status.matches()) {
            return Optional.of(book.locked(() -> book.mandate(status.group(1)).map(AutoPayApi::status)
                    .orElseGet(() -> Reply.error(404, "SUBSCRIPTION_NOT_FOUND"))));
        }
        Matcher cancel = CANCEL.matcher(asked.path());
        if (asked.method().equals("POST") && cancel.matches()) {
            return Optional.of(book.locked(() -> cancel(cancel.group(1))));
        }
        return Optional.empty();
    }

    /** Empty: not allowed. */
    Optional<Mandate> setUp(JsonNode details, long amount) {
        String key = details.path("merchantSubscriptionId").asText("");
        boolean sound = CheckoutApi.KEY.matcher(key).matches() && book.mandate(key).isEmpty()
                && details.path("subscriptionType").asText("").equals("RECURRING")
                && details.path("productType").asText("").equals("UPI_MANDATE")
                && Set.of("TRANSACTION", "PENNY_DROP").contains(details.path("authWorkflowType").asText(""))
                && (!details.path("authWorkflowType").asText("").equals("PENNY_DROP") || amount == 200)
                && Set.of("FIXED", "VARIABLE").contains(details.path("amountType").asText(""))
                && details.path("maxAmount").asLong(0) > 0 && details.path("maxAmount").asLong() <= MAXIMUM
                && FREQUENCIES.contains(details.path("frequency").asText(""))
                && details.path("expireAt").asLong(0) > book.now();
        if (!sound) {
            return Optional.empty();
        }
        Mandate mandate = new Mandate(key, book.fresh("OMS"), details.path("maxAmount").asLong(), details.path("frequency").asText(),
                details.path("amountType").asText(), details.path("expireAt").asLong());
        book.add(mandate);
        return Optional.of(mandate);
    }

    private Reply announce(JsonNode body) {
        JsonNode flow = body.path("paymentFlow");
        String key = body.path("merchantOrderId").asText("");
        Optional<Mandate> mandate = book.mandate(flow.path("merchantSubscriptionId").asText(""));
        if (book.taken(key)) {
            return Reply.error(417, "INVALID_MERCHANT_ORDER_ID");
        }
        boolean sound = CheckoutApi.KEY.matcher(key).matches() && mandate.isPresent() && mandate.get().state.equals("ACTIVE")
                && flow.path("type").asText("").equals("SUBSCRIPTION_CHECKOUT_REDEMPTION")
                && Set.of("STANDARD", "CUSTOM").contains(flow.path("redemptionRetryStrategy").asText(""))
                && body.path("amount").asLong(0) >= 100 && body.path("amount").asLong() <= mandate.get().maxAmount;
        if (!sound) {
            return Reply.error(400, "BAD_REQUEST");
        }
        Order order = book.add(new Order(key, book.fresh("OMO"), "", body.path("amount").asLong(), body.path("expireAt").asLong(), "",
                Reply.object(), mandate.map(one -> one.merchantSubscriptionId), false));
        order.state = "NOTIFICATION_IN_PROGRESS";
        return Reply.ok(Reply.object().put("orderId", order.orderId).put("state", order.state).put("expireAt", order.expireAt));
    }

    private Reply redeem(JsonNode body) {
        Optional<Order> order = book.order(body.path("merchantOrderId").asText("")).filter(one -> one.mandate.isPresent());
        if (order.isEmpty()) {
            return Reply.error(400, "INVALID_MERCHANT_ORDER_ID");
        }
        Order one = order.get();
        boolean noticed = one.state.equals("NOTIFIED") && book.now() - one.notifiedAt >= NOTICE.toMillis();
        boolean consent = one.mandate.flatMap(book::mandate).filter(mandate -> mandate.state.equals("ACTIVE")).isPresent();
        if (!noticed || !consent) {
            return Reply.error(400, "BAD_REQUEST");
        }
        one.state = "PENDING";
        return Reply.ok(Reply.object().put("transactionId", book.fresh("OM")).put("state", one.state));
    }

    private Reply cancel(String key) {
        Optional<Mandate> mandate = book.mandate(key);
        if (mandate.isEmpty()) {
            return Reply.error(404, "SUBSCRIPTION_NOT_FOUND");
        }
        if (!Set.of("ACTIVE", "PAUSED").contains(mandate.get().state)) {
            return Reply.error(400, "BAD_REQUEST");
        }
        book.state(mandate.get(), "CANCELLED");
        return Reply.none(204);
    }

    private static Reply status(Mandate mandate) {
        return Reply.ok(Reply.object().put("merchantSubscriptionId", mandate.merchantSubscriptionId)
                .put("subscriptionId", mandate.subscriptionId).put("state", mandate.state).put("authWorkflowType", "TRANSACTION")
                .put("amountType", mandate.amountType).put("maxAmount", mandate.maxAmount).put("frequency", mandate.frequency)
                .put("expireAt", mandate.expireAt));
    }
}

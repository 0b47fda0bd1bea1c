package com.cloudnestle.marketplace.gateway.phonepe.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Orders and refunds of the API v2. */
final class CheckoutApi {

    static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{1,63}");
    private static final Pattern ORDER_STATUS = Pattern.compile("/checkout/v2/order/([^/]+)/status");
    private static final Pattern ATTEMPT_STATUS = Pattern.compile("/checkout/v2/transaction/([^/]+)/status");
    private static final Pattern REFUND_STATUS = Pattern.compile("/payments/v2/refund/([^/]+)/status");
    private static final Pattern FREE_UDF = Pattern.compile("udf([1-9]|10)");
    private static final Pattern STRICT_UDF = Pattern.compile("udf1[1-5]");
    private static final Pattern STRICT_VALUE = Pattern.compile("[A-Za-z0-9_+@. -]{0,50}");

    private final Book book;
    private final Merchant merchant;
    private final String base;
    private final AutoPayApi autoPay;

    CheckoutApi(Book book, Merchant merchant, String base) {
        this.book = book;
        this.merchant = merchant;
        this.base = base;
        autoPay = new AutoPayApi(book);
    }

    Reply answer(Asked asked) {
        String call = asked.method() + " " + asked.path();
        if (call.equals("POST /checkout/v2/pay")) {
            return pay(asked.json());
        }
        if (call.equals("POST /payments/v2/refund")) {
            return refund(asked.json());
        }
        Optional<Reply> mandate = autoPay.answer(asked);
        if (mandate.isPresent()) {
            return mandate.get();
        }
        Matcher order = ORDER_STATUS.matcher(asked.path());
        if (asked.method().equals("GET") && order.matches()) {
            return book.locked(() -> book.order(order.group(1)).filter(one -> !one.oldApi)
                    .map(one -> Reply.ok(status(one, asked.query().contains("details=true"))))
                    .orElseGet(() -> Reply.error(400, "INVALID_MERCHANT_ORDER_ID")));
        }
        Matcher refund = REFUND_STATUS.matcher(asked.path());
        if (asked.method().equals("GET") && refund.matches()) {
            return book.locked(() -> book.refund(refund.group(1)).map(one -> Reply.ok(status(one)))
                    .orElseGet(() -> Reply.error(404, "INVALID_TRANSACTION_ID")));
        }
        return ATTEMPT_STATUS.matcher(asked.path()).matches() ? Reply.error(400, "INVALID_TRANSACTION_ID") : Reply.none(404);
    }

    private Reply pay(JsonNode body) {
        JsonNode flow = body.path("paymentFlow");
        String key = body.path("merchantOrderId").asText("");
        long seconds = body.path("expireAfter").asLong(1200);
        boolean sound = KEY.matcher(key).matches()
                && body.path("amount").isIntegralNumber() && body.path("amount").asLong() >= 100
                && seconds >= 300 && seconds <= 3600
                && udfs(body.path("metaInfo"))
                && flow.path("merchantUrls").path("redirectUrl").asText("").startsWith("http");
        boolean mandate = flow.path("type").asText("").equals("SUBSCRIPTION_CHECKOUT_SETUP");
        if (!sound || !mandate && !flow.path("type").asText("").equals("PG_CHECKOUT")) {
            return Reply.error(400, "BAD_REQUEST");
        }
        return book.locked(() -> {
            if (book.taken(key)) {
                return Reply.error(417, "INVALID_TRANSACTION_ID");
            }
            Optional<Mandate> consent = mandate ? autoPay.setUp(flow.path("subscriptionDetails"), body.path("amount").asLong())
                    : Optional.empty();
            if (mandate && consent.isEmpty()) {
                return Reply.error(400, "BAD_REQUEST");
            }
            Order order = book.add(new Order(key, book.fresh("OMO"), book.fresh("t"), body.path("amount").asLong(),
                    book.now() + seconds * 1000, flow.path("merchantUrls").path("redirectUrl").asText(),
                    body.path("metaInfo") instanceof ObjectNode meta ? meta : Reply.object(),
                    consent.map(one -> one.merchantSubscriptionId), false));
            return Reply.ok(Reply.object().put("orderId", order.orderId).put("state", order.state).put("expireAt", order.expireAt)
                    .put("redirectUrl", base + "/transact/" + order.orderId + "?token=" + order.token));
        });
    }

    private static boolean udfs(JsonNode meta) {
        for (Iterator<Map.Entry<String, JsonNode>> members = meta.fields(); members.hasNext(); ) {
            Map.Entry<String, JsonNode> member = members.next();
            String value = member.getValue().asText("");
            boolean free = FREE_UDF.matcher(member.getKey()).matches() && value.length() <= 256;
            boolean strict = STRICT_UDF.matcher(member.getKey()).matches() && STRICT_VALUE.matcher(value).matches();
            if (!free && !strict) {
                return false;
            }
        }
        return true;
    }

    private Reply refund(JsonNode body) {
        String key = body.path("merchantRefundId").asText("");
        long amount = body.path("amount").asLong(0);
        if (!KEY.matcher(key).matches() || amount < 100) {
            return Reply.error(400, "BAD_REQUEST");
        }
        return book.locked(() -> {
            if (book.taken(key)) {
                return Reply.error(417, "INVALID_TRANSACTION_ID");
            }
            Optional<Order> order = book.order(body.path("originalMerchantOrderId").asText(""));
            if (order.isEmpty() || !order.get().completed()) {
                return Reply.error(400, "BAD_REQUEST");
            }
            return book.refund(key, order.get(), amount)
                    .map(made -> Reply.ok(Reply.object().put("refundId", made.refundId).put("amount", made.amount).put("state", made.state)))
                    .orElseGet(() -> Reply.error(400, "REFUND_AMOUNT_EXCEEDS_ORIGINAL"));
        });
    }

    /** Also the payload of a notification. */
    ObjectNode status(Order order, boolean all) {
        ObjectNode status = Reply.object().put("merchantId", merchant.merchantId()).put("merchantOrderId", order.merchantOrderId)
                .put("orderId", order.orderId).put("state", order.state).put("amount", order.amount)
                .put("payableAmount", order.amount).put("feeAmount", 0).put("expireAt", order.expireAt);
        if (!order.currency.isEmpty()) {
            status.put("currency", order.currency);
        }
        status.set("metaInfo", order.metaInfo);
        if (!order.errorCode.isEmpty()) {
            status.put("errorCode", order.errorCode).put("detailedErrorCode", order.detailedErrorCode);
            status.putObject("errorContext").put("errorCode", order.errorCode).put("detailedErrorCode", order.detailedErrorCode)
                    .put("source", "CUSTOMER").put("stage", "AUTHENTICATION").put("description", "for people");
        }
        ArrayNode attempts = status.putArray("paymentDetails");
        int from = all ? 0 : Math.max(0, order.attempts.size() - 1);
        order.attempts.subList(from, order.attempts.size()).forEach(one -> attempts.add(attempt(one, order)));
        return status;
    }

    private static ObjectNode attempt(Order.Attempt one, Order order) {
        ObjectNode attempt = Reply.object().put("transactionId", one.transactionId()).put("paymentMode", one.mode())
                .put("timestamp", one.timestamp()).put("amount", order.amount).put("state", one.state());
        if (!one.errorCode().isEmpty()) {
            attempt.put("errorCode", one.errorCode()).put("detailedErrorCode", one.detailedErrorCode());
        }
        attempt.putObject("rail").put("type", "UPI").put("utr", "lab-utr-1").put("upiTransactionId", "lab-upi-1").put("vpa", "lab.payer@upi");
        attempt.putObject("instrument").put("type", "ACCOUNT").put("maskedAccountNumber", "XXXXXX4711").put("accountType", "SAVINGS");
        return attempt;
    }

    ObjectNode status(Refund refund) {
        ObjectNode status = Reply.object().put("merchantId", merchant.merchantId()).put("merchantRefundId", refund.merchantRefundId)
                .put("originalMerchantOrderId", refund.order.merchantOrderId).put("refundId", refund.refundId).put("amount", refund.amount)
                .put("state", refund.state).put("timestamp", refund.timestamp);
        if (!refund.errorCode.isEmpty()) {
            status.put("errorCode", refund.errorCode);
        }
        status.putArray("paymentDetails");
        return status;
    }
}

package com.cloudnestle.marketplace.gateway.phonepe.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The API v1, with the salt key. */
final class SaltKeyApi {

    private static final Pattern STATUS = Pattern.compile("/pg/v1/status/([^/]+)/([^/]+)");
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{1,35}");

    private final Book book;
    private final Merchant merchant;
    private final String base;

    SaltKeyApi(Book book, Merchant merchant, String base) {
        this.book = book;
        this.merchant = merchant;
        this.base = base;
    }

    Reply answer(Asked asked) {
        String data = asked.method().equals("POST") ? asked.json().path("request").asText("") : "";
        String right = Signatures.sha256(data + asked.path() + merchant.saltKey()) + "###" + merchant.saltIndex();
        if (!asked.header("x-verify").equals(right)) {
            return Reply.error(401, "AUTHORIZATION_FAILED");
        }
        Matcher status = STATUS.matcher(asked.path());
        if (asked.method().equals("GET") && status.matches()) {
            boolean ours = status.group(1).equals(merchant.merchantId()) && asked.header("x-merchant-id").equals(merchant.merchantId());
            return ours ? book.locked(() -> status(status.group(2))) : Reply.error(400, "BAD_REQUEST");
        }
        JsonNode document = decoded(data);
        if (!document.path("merchantId").asText("").equals(merchant.merchantId())
                || !KEY.matcher(document.path("merchantTransactionId").asText("")).matches() || document.path("amount").asLong(0) < 100) {
            return Reply.error(400, "BAD_REQUEST");
        }
        return switch (asked.path()) {
            case "/pg/v1/pay" -> book.locked(() -> pay(document));
            case "/pg/v1/refund" -> book.locked(() -> refund(document));
            default -> Reply.none(404);
        };
    }

    private static JsonNode decoded(String data) {
        try {
            return Faults.parse(new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Reply.object();
        }
    }

    private Reply pay(JsonNode document) {
        String key = document.path("merchantTransactionId").asText();
        if (book.taken(key)) {
            return Reply.error(400, "DUPLICATE_TRANSACTION_ID");
        }
        boolean sound = document.path("paymentInstrument").path("type").asText("").equals("PAY_PAGE")
                && document.path("redirectMode").asText("").matches("REDIRECT|POST")
                && document.path("callbackUrl").asText("").startsWith("http")
                && KEY.matcher(document.path("merchantUserId").asText("")).matches();
        if (!sound) {
            return Reply.error(400, "BAD_REQUEST");
        }
        Order order = book.add(new Order(key, book.fresh("T"), book.fresh("t"), document.path("amount").asLong(),
                book.now() + 900_000, document.path("redirectUrl").asText(""), Reply.object(), Optional.empty(), true));
        ObjectNode data = Reply.object().put("merchantId", merchant.merchantId()).put("merchantTransactionId", key);
        data.putObject("instrumentResponse").put("type", "PAY_PAGE").putObject("redirectInfo")
                .put("url", base + "/transact/" + order.orderId + "?token=" + order.token).put("method", "GET");
        return Reply.ok(envelope("PAYMENT_INITIATED", data));
    }

    private Reply refund(JsonNode document) {
        String key = document.path("merchantTransactionId").asText();
        if (book.taken(key)) {
            return Reply.error(400, "DUPLICATE_TRANSACTION_ID");
        }
        Optional<Order> order = book.order(document.path("originalTransactionId").asText("")).filter(Order::completed);
        if (order.isEmpty()) {
            return Reply.error(400, "BAD_REQUEST");
        }
        return book.refund(key, order.get(), document.path("amount").asLong()).map(made -> Reply.ok(document(made)))
                .orElseGet(() -> Reply.error(400, "BAD_REQUEST"));
    }

    private Reply status(String key) {
        return book.order(key).filter(order -> order.oldApi).map(this::document)
                .or(() -> book.refund(key).map(this::document))
                .map(Reply::ok)
                .orElseGet(() -> Reply.error(400, "TRANSACTION_NOT_FOUND"));
    }

    /** Also what a callback holds. */
    ObjectNode document(Order order) {
        String code = switch (order.state) {
            case "COMPLETED" -> "PAYMENT_SUCCESS";
            case "FAILED" -> order.errorCode.equals("TIMED_OUT") ? "TIMED_OUT" : "PAYMENT_ERROR";
            default -> "PAYMENT_PENDING";
        };
        ObjectNode data = data(order.merchantOrderId, order.amount, order.state, order.completed() ? "SUCCESS" : code);
        if (!order.currency.isEmpty()) {
            data.put("currency", order.currency);
        }
        if (!order.attempts.isEmpty()) {
            data.put("transactionId", order.orderId);
            data.putObject("paymentInstrument").put("type", "UPI").put("utr", "lab-utr-1");
        }
        return envelope(code, data);
    }

    ObjectNode document(Refund refund) {
        String code = switch (refund.state) {
            case "COMPLETED" -> "PAYMENT_SUCCESS";
            case "FAILED" -> "PAYMENT_ERROR";
            default -> "PAYMENT_PENDING";
        };
        return envelope(code, data(refund.merchantRefundId, refund.amount, refund.state, code).put("transactionId", refund.refundId));
    }

    private ObjectNode data(String key, long amount, String state, String responseCode) {
        return Reply.object().put("merchantId", merchant.merchantId()).put("merchantTransactionId", key).put("amount", amount)
                .put("state", state).put("responseCode", responseCode);
    }

    private static ObjectNode envelope(String code, ObjectNode data) {
        return Reply.object().put("success", !code.equals("PAYMENT_ERROR") && !code.equals("TIMED_OUT")).put("code", code)
                .put("message", "for people").set("data", data);
    }
}

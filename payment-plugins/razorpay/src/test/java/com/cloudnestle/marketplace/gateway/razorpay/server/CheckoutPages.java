package com.cloudnestle.marketplace.gateway.razorpay.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** What browsers see of Razorpay: the script of the checkout page with the calls behind it, and the page of a payment link. */
final class CheckoutPages {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Books books;
    private final Agreements agreements;
    private final RazorpayServer.Account account;

    CheckoutPages(Books books, Agreements agreements, RazorpayServer.Account account) {
        this.books = books;
        this.agreements = agreements;
        this.account = account;
    }

    void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
        exchange.getResponseHeaders().set("Access-Control-Allow-Headers", "content-type");
        if (exchange.getRequestMethod().equals("OPTIONS")) {
            RazorpayServer.send(exchange, 204, "text/plain", new byte[0]);
        } else if (path.equals("/v1/checkout.js")) {
            RazorpayServer.send(exchange, 200, "text/javascript; charset=utf-8", resource("checkout.js"));
        } else if (path.equals("/v1/checkout/attempts") && exchange.getRequestMethod().equals("POST")) {
            RazorpayServer.send(exchange, 200, "application/json", attempt(JSON.readTree(exchange.getRequestBody())).toString().getBytes(StandardCharsets.UTF_8));
        } else if (path.startsWith("/l/")) {
            link(exchange, path.substring("/l/".length()));
        } else {
            throw ApiRefusal.noSuchAddress();
        }
    }

    private ObjectNode attempt(JsonNode body) {
        if (!account.keyId().equals(body.path("key").asText(""))) {
            throw ApiRefusal.unauthorized();
        }
        Levers levers = new Levers(books, agreements, account.keySecret());
        ObjectNode answer = Books.object();
        if (body.has("subscription_id")) {
            levers.consent(body.get("subscription_id").asText()).forEach(answer::put);
            return answer;
        }
        synchronized (books) {
            String order = body.path("order_id").asText("");
            ObjectNode known = Books.require(books.orders, order);
            if (body.path("amount").asLong() != known.get("amount").longValue() || !body.path("currency").asText("").equals(known.get("currency").textValue())) {
                throw ApiRefusal.bad("amount", "Payment amount is different from the amount of the order");
            }
            ObjectNode payment = books.attempt(order, body.path("method").asText("upi"));
            if (!body.path("succeed").asBoolean(false)) {
                books.fail(payment);
                answer.putObject("error").put("code", "BAD_REQUEST_ERROR").put("description", "Payment failed at the bank")
                        .put("source", "bank").put("step", "payment_authorization").put("reason", "payment_failed")
                        .putObject("metadata").put("order_id", order).put("payment_id", payment.get("id").textValue());
                return answer;
            }
            books.authorize(payment);
            if (body.path("collect").asBoolean(true)) {
                books.collect(payment);
            }
            levers.proof(order, payment.get("id").textValue()).forEach(answer::put);
            return answer;
        }
    }

    private void link(HttpExchange exchange, String id) throws IOException {
        ObjectNode link = Books.require(agreements.links, id);
        if (exchange.getRequestMethod().equals("POST")) {
            Map<String, String> proof = new Levers(books, agreements, account.keySecret()).payLink(id);
            String query = proof.entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8)).collect(Collectors.joining("&"));
            String back = link.get("callback_url").textValue();
            exchange.getResponseHeaders().set("Location", back + (back.contains("?") ? "&" : "?") + query);
            RazorpayServer.send(exchange, 302, "text/plain", new byte[0]);
            return;
        }
        String page = "<!doctype html><html lang=en><meta charset=utf-8><title>Pay</title><h1>Payment link (contract server)</h1>"
                + "<p>" + link.get("currency").textValue() + " " + link.get("amount").longValue() / 100 + "</p>"
                + "<form method=post><button id=pay>Pay</button></form>";
        RazorpayServer.send(exchange, 200, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = CheckoutPages.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no " + name + " beside the classes");
            }
            return in.readAllBytes();
        }
    }
}

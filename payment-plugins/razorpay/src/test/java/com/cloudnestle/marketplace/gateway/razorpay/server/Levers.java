package com.cloudnestle.marketplace.gateway.razorpay.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What buyers and banks do at Razorpay. Orders are named by their receipt, which is the platform's key. */
public final class Levers {

    private final Books books;
    private final Agreements agreements;
    private final String keySecret;

    Levers(Books books, Agreements agreements, String keySecret) {
        this.books = books;
        this.agreements = agreements;
        this.keySecret = keySecret;
    }

    /** Keys of the orders with this receipt. */
    public List<String> orders(String receipt) {
        return books.matching(books.orders, order -> order.path("receipt").asText("").equals(receipt)).stream()
                .map(order -> order.get("id").textValue()).toList();
    }

    /** Pays at once, or with an amount or currency that the order does not have. */
    public String pay(String receipt, long difference, String currency) {
        synchronized (books) {
            ObjectNode payment = books.attempt(order(receipt), "upi");
            payment.put("amount", payment.get("amount").longValue() + difference).put("currency", currency);
            books.authorize(payment);
            books.collect(payment);
            return payment.get("id").textValue();
        }
    }

    public String pay(String receipt) {
        return pay(receipt, 0, "INR");
    }

    public String authorize(String receipt) {
        synchronized (books) {
            ObjectNode payment = books.attempt(order(receipt), "card");
            books.authorize(payment);
            return payment.get("id").textValue();
        }
    }

    public String fail(String receipt) {
        synchronized (books) {
            ObjectNode payment = books.attempt(order(receipt), "netbanking");
            books.fail(payment);
            return payment.get("id").textValue();
        }
    }

    /** The bank answers days later that the payment which failed is good: it is promised, and nobody collects by itself. */
    public void authorizeLate(String receipt) {
        synchronized (books) {
            String order = order(receipt);
            ObjectNode failed = books.matching(books.payments, payment -> payment.path("order_id").asText("").equals(order)
                    && payment.get("status").textValue().equals("failed")).get(0);
            books.authorize(failed);
        }
    }

    /** Somebody collects it, as Razorpay's dashboard can be told to. */
    public void collect(String payment) {
        synchronized (books) {
            books.collect(Books.require(books.payments, payment));
        }
    }

    public void forget(String receipt) {
        synchronized (books) {
            books.orders.remove(order(receipt));
        }
    }

    /** A second order with the same receipt, which Razorpay does not forbid. */
    public String orderAgain(String receipt) {
        synchronized (books) {
            ObjectNode first = Books.require(books.orders, order(receipt));
            return books.createOrder(first).get("id").textValue();
        }
    }

    public void refundProcessed(String receipt) {
        synchronized (books) {
            books.refundProcessed(refund(receipt));
        }
    }

    public void refundFailed(String receipt) {
        synchronized (books) {
            books.refundFailed(refund(receipt));
        }
    }

    /** Amounts given back of the orders with this receipt, those that failed left out. */
    public List<Long> refunds(String receipt) {
        synchronized (books) {
            List<String> orders = orders(receipt);
            return books.matching(books.refunds, refund -> !refund.get("status").textValue().equals("failed")
                            && orders.contains(Books.require(books.payments, refund.get("payment_id").textValue()).path("order_id").asText("")))
                    .stream().map(refund -> refund.get("amount").longValue()).toList();
        }
    }

    /** What the checkout page hands to the browser. */
    public Map<String, String> proof(String order, String payment) {
        return Map.of("razorpay_order_id", order, "razorpay_payment_id", payment, "razorpay_signature", sign(order + "|" + payment));
    }

    /** The buyer pays on the page of a link; what the browser brings back. */
    public Map<String, String> payLink(String link) {
        String payment = agreements.payLink(link).get("id").textValue();
        return linkProof(link, payment);
    }

    Map<String, String> linkProof(String link, String payment) {
        synchronized (books) {
            String reference = Books.require(agreements.links, link).get("reference_id").textValue();
            return Map.of("razorpay_payment_id", payment, "razorpay_payment_link_id", link,
                    "razorpay_payment_link_reference_id", reference, "razorpay_payment_link_status", "paid",
                    "razorpay_signature", sign(link + "|" + reference + "|paid|" + payment));
        }
    }

    public void expireLink(String link) {
        agreements.expireLink(link);
    }

    /** The buyer consents and the first charge is made; what the browser brings back. */
    public Map<String, String> consent(String subscription) {
        agreements.subscriptionBecomes(subscription, "authenticated", Set.of("created"));
        String payment = agreements.chargeSubscription(subscription).get("id").textValue();
        return Map.of("razorpay_payment_id", payment, "razorpay_subscription_id", subscription,
                "razorpay_signature", sign(payment + "|" + subscription));
    }

    /** The next cycle is charged, or one that was owed. */
    public String charge(String subscription) {
        return agreements.chargeSubscription(subscription).get("id").textValue();
    }

    /** The bank refuses the charge of a cycle: Razorpay will try again. */
    public void chargeFails(String subscription) {
        agreements.chargeFails(subscription);
    }

    public void subscriptionBecomes(String subscription, String status, String from) {
        agreements.subscriptionBecomes(subscription, status, Set.of(from));
    }

    private String sign(String text) {
        return Notifications.sign(text.getBytes(StandardCharsets.UTF_8), keySecret);
    }

    private String order(String receipt) {
        List<String> orders = orders(receipt);
        if (orders.isEmpty()) {
            throw new IllegalStateException("no order has the receipt " + receipt);
        }
        return orders.get(0);
    }

    private ObjectNode refund(String receipt) {
        return books.matching(books.refunds, refund -> refund.path("receipt").asText("").equals(receipt)).get(0);
    }
}

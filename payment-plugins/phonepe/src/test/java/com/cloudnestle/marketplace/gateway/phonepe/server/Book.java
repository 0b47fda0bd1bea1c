package com.cloudnestle.marketplace.gateway.phonepe.server;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** All that the provider knows, and what buyers, banks and time do to it. Everything happens under one lock. */
final class Book {

    private final InstantSource clock;
    private final Map<String, Order> orders = new LinkedHashMap<>();
    private final Map<String, Refund> refunds = new LinkedHashMap<>();
    private final Map<String, Mandate> mandates = new LinkedHashMap<>();
    private final List<Consumer<Object>> listeners = new ArrayList<>();
    private long numbers = 7_700_000;

    Book(InstantSource clock) {
        this.clock = clock;
    }

    /** Told of each order, refund or mandate that came to a state which the provider notifies of. */
    void onChange(Consumer<Object> listener) {
        listeners.add(listener);
    }

    synchronized <T> T locked(Supplier<T> work) {
        return work.get();
    }

    long now() {
        return clock.instant().toEpochMilli();
    }

    synchronized String fresh(String prefix) {
        return prefix + ++numbers;
    }

    synchronized Optional<Order> order(String merchantOrderId) {
        return Optional.ofNullable(orders.get(merchantOrderId)).filter(order -> !order.forgotten);
    }

    /** Whatever happened to it: a key is used once. */
    synchronized boolean taken(String key) {
        return orders.containsKey(key) || refunds.containsKey(key);
    }

    synchronized Optional<Order> byProviderKey(String orderId) {
        return orders.values().stream().filter(order -> order.orderId.equals(orderId)).findFirst();
    }

    synchronized Optional<Refund> refund(String merchantRefundId) {
        return Optional.ofNullable(refunds.get(merchantRefundId));
    }

    synchronized Optional<Mandate> mandate(String merchantSubscriptionId) {
        return Optional.ofNullable(mandates.get(merchantSubscriptionId));
    }

    synchronized List<Refund> refundsOf(String merchantOrderId) {
        return refunds.values().stream().filter(one -> one.order.merchantOrderId.equals(merchantOrderId)).toList();
    }

    synchronized Order add(Order order) {
        orders.put(order.merchantOrderId, order);
        return order;
    }

    synchronized void add(Mandate mandate) {
        mandates.put(mandate.merchantSubscriptionId, mandate);
    }

    /** Empty: more than is left, or not paid. */
    synchronized Optional<Refund> refund(String merchantRefundId, Order order, long amount) {
        long before = refundsOf(order.merchantOrderId).stream().filter(one -> !one.state.equals("FAILED")).mapToLong(one -> one.amount).sum();
        if (!order.completed() || before + amount > order.amount) {
            return Optional.empty();
        }
        Refund refund = new Refund(merchantRefundId, fresh("OMR"), order, amount, now());
        refunds.put(merchantRefundId, refund);
        return Optional.of(refund);
    }

    /** The buyer pays. */
    synchronized void pay(Order order, long amount, String currency) {
        order.amount = amount;
        order.currency = currency;
        order.errorCode = "";
        order.detailedErrorCode = "";
        order.attempts.add(new Order.Attempt(fresh("OM"), order.mandate.isPresent() ? "UPI_AUTO_PAY" : "UPI_QR", now(), "COMPLETED", "", ""));
        order.state = "COMPLETED";
        order.mandate.flatMap(this::mandate).filter(mandate -> mandate.state.equals("ACTIVATION_IN_PROGRESS"))
                .ifPresent(mandate -> mandate.state = "ACTIVE");
        changed(order);
    }

    /** The buyer tries once and mistypes; the order goes on. */
    synchronized void attempt(Order order) {
        order.attempts.add(new Order.Attempt(fresh("OM"), "UPI_COLLECT", now(), "FAILED", "INVALID_MPIN", "ZM"));
    }

    /** The order fails for good. */
    synchronized void fail(Order order, String code, String detail) {
        order.attempts.add(new Order.Attempt(fresh("OM"), "UPI_COLLECT", now(), "FAILED", code, detail));
        order.state = "FAILED";
        order.errorCode = code;
        order.detailedErrorCode = detail;
        order.mandate.flatMap(this::mandate).filter(mandate -> mandate.state.equals("ACTIVATION_IN_PROGRESS"))
                .ifPresent(mandate -> mandate.state = "FAILED");
        changed(order);
    }

    synchronized void expire(Order order) {
        order.state = "FAILED";
        order.errorCode = order.oldApi ? "TIMED_OUT" : "";
        changed(order);
    }

    synchronized void settle(Refund refund, boolean sound) {
        refund.state = sound ? "COMPLETED" : "FAILED";
        refund.errorCode = sound ? "" : "REFUND_DECLINED";
        refund.timestamp = now();
        changed(refund);
    }

    /** The buyer pauses, resumes or takes back in his app, or the mandate ends by itself. */
    synchronized void state(Mandate mandate, String state) {
        mandate.state = state;
        changed(mandate);
    }

    /** The buyer was told of a charge to come. */
    synchronized void notified(Order order) {
        order.state = "NOTIFIED";
        order.notifiedAt = now();
    }

    private void changed(Object what) {
        listeners.forEach(listener -> listener.accept(what));
    }
}

package com.cloudnestle.marketplace.gateway.phonepe.server;

import java.util.List;

/** What buyers, banks, time and the provider itself do, by our keys. */
public final class Levers {

    private final Book book;
    private final OAuth oauth;

    Levers(Book book, OAuth oauth) {
        this.book = book;
        this.oauth = oauth;
    }

    private Order order(String key) {
        return book.order(key).orElseThrow(() -> new IllegalArgumentException("there is no order " + key));
    }

    private Refund refund(String key) {
        return book.refund(key).orElseThrow(() -> new IllegalArgumentException("there is no refund " + key));
    }

    private Mandate mandate(String key) {
        return book.mandate(key).orElseThrow(() -> new IllegalArgumentException("there is no mandate " + key));
    }

    public void pay(String key) {
        payOther(key, 0, "");
    }

    /** @param more paise than asked for, may be negative */
    public void payOther(String key, long more, String currency) {
        Order order = order(key);
        book.pay(order, order.asked + more, currency);
    }

    public void attempt(String key) {
        book.attempt(order(key));
    }

    public void fail(String key) {
        book.fail(order(key), "INSUFFICIENT_FUNDS", "Z9");
    }

    public void expire(String key) {
        book.expire(order(key));
    }

    public void forget(String key) {
        order(key).forgotten = true;
    }

    public void settleRefund(String key, boolean sound) {
        book.settle(refund(key), sound);
    }

    public void refundState(String key, String state) {
        refund(key).state = state;
    }

    public void orderState(String key, String state) {
        order(key).state = state;
    }

    public void notified(String key) {
        book.notified(order(key));
    }

    public void mandateState(String key, String state) {
        book.state(mandate(key), state);
    }

    public int orders(String key) {
        return book.order(key).isPresent() ? 1 : 0;
    }

    /** Amounts in paise of refunds that did not fail. */
    public List<Long> refunds(String key) {
        return book.refundsOf(key).stream().filter(one -> !one.state.equals("FAILED")).map(one -> one.amount).toList();
    }

    public String orderOfRefund(String refundKey) {
        return refund(refundKey).order.merchantOrderId;
    }

    /** Every token given out so far is worthless from now on. */
    public void forgetTokens() {
        oauth.forgetAll();
    }

    public void tokenLifetime(long seconds) {
        oauth.lifetime(seconds);
    }

    public void tokensAway(boolean away) {
        oauth.away(away);
    }

    public int tokenCalls() {
        return oauth.calls();
    }
}

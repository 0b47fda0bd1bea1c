package com.cloudnestle.marketplace.gateway.sandbox.internal;

import java.util.List;

/**
 * A payment as the pretended provider keeps it. Plain values, since it is also what is written to the file.
 *
 * @param id the provider's key
 * @param key the merchant's key
 * @param minor what is to be paid, in minor units
 * @param collected what was paid, in minor units of {@code collectedCurrency}; 0 while nothing was
 * @param attempt key of the latest try; empty while there was none
 * @param failure code of the latest failure; empty if there was none
 * @param expiresAt milliseconds since 1970
 * @param collectAt milliseconds since 1970 when the money comes by itself; 0: it does not
 * @param repeats how often its success is notified of
 */
record Order(
        String id,
        String key,
        long minor,
        String currency,
        String description,
        String returnUrl,
        long createdAt,
        long expiresAt,
        State state,
        long collected,
        String collectedCurrency,
        String attempt,
        String failure,
        long collectAt,
        int repeats,
        List<Refund> refunds) {

    Order {
        refunds = List.copyOf(refunds);
    }

    enum State {
        OPEN,
        ATTEMPTED,
        PROMISED,
        PAID,
        FAILED,
        EXPIRED
    }

    /**
     * Money on its way back.
     *
     * @param settleAt milliseconds since 1970 when it is carried out by itself; 0: it is not
     */
    record Refund(String id, String key, long minor, RefundState state, long settleAt) {
        Refund in(RefundState other) {
            return new Refund(id, key, minor, other, 0);
        }
    }

    enum RefundState {
        PENDING,
        PROCESSED,
        FAILED
    }

    boolean paid() {
        return state == State.PAID;
    }

    /** Whether nothing is decided yet. */
    boolean undecided() {
        return state == State.OPEN || state == State.ATTEMPTED || state == State.PROMISED;
    }

    /**
     * Whether somebody can still pay: a try that failed is followed by another one, until the time is over.
     *
     * @param now milliseconds since 1970
     */
    boolean payable(long now) {
        return undecided() || state == State.FAILED && collectAt == 0 && now < expiresAt;
    }

    /** What was given back or is on its way. */
    long refunded() {
        return refunds.stream().filter(refund -> refund.state() != RefundState.FAILED).mapToLong(Refund::minor).sum();
    }

    Order in(State other, String newAttempt, String newFailure) {
        return new Order(id, key, minor, currency, description, returnUrl, createdAt, expiresAt, other, collected, collectedCurrency,
                newAttempt, newFailure, collectAt, repeats, refunds);
    }

    Order collected(long amount, String ofCurrency, String newAttempt) {
        return new Order(id, key, minor, currency, description, returnUrl, createdAt, expiresAt, State.PAID, amount, ofCurrency,
                newAttempt, "", 0, repeats, refunds);
    }

    /** The same, with money that comes by itself at that moment. */
    Order collectedAt(long millis) {
        return new Order(id, key, minor, currency, description, returnUrl, createdAt, expiresAt, state, collected, collectedCurrency,
                attempt, failure, millis, repeats, refunds);
    }

    Order repeating(int times) {
        return new Order(id, key, minor, currency, description, returnUrl, createdAt, expiresAt, state, collected, collectedCurrency,
                attempt, failure, collectAt, times, refunds);
    }

    Order with(List<Refund> others) {
        return new Order(id, key, minor, currency, description, returnUrl, createdAt, expiresAt, state, collected, collectedCurrency,
                attempt, failure, collectAt, repeats, others);
    }
}

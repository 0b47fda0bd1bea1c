package com.cloudnestle.marketplace.gateway.sandbox.internal;

import com.cloudnestle.marketplace.gateway.sandbox.internal.Order.Refund;
import com.cloudnestle.marketplace.gateway.sandbox.internal.Order.RefundState;
import com.cloudnestle.marketplace.gateway.sandbox.internal.Order.State;
import com.cloudnestle.marketplace.payment.Money;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What the pretended provider knows: its latest {@value #MOST} orders. It does what buyers, banks and time do, and tells listeners of
 * it. Thread-safe.
 */
final class Books {

    /** Older orders are forgotten. */
    static final int MOST = 1_000;

    private static final int MOST_REFUNDS = 50;
    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

    private final InstantSource clock;
    private final Duration refundsTake;
    private final Consumer<Collection<Order>> keep;
    private final BiConsumer<String, Order> notify;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Order> byKey = new LinkedHashMap<>();

    /**
     * @param refundsTake how long a refund waits; negative: until it is told to go on
     * @param keep is given all orders after each change
     * @param notify is given the name of what happened and the order after it; must not call back
     */
    Books(InstantSource clock, Duration refundsTake, Collection<Order> known, Consumer<Collection<Order>> keep,
            BiConsumer<String, Order> notify) {
        this.clock = clock;
        this.refundsTake = refundsTake;
        this.keep = keep;
        this.notify = notify;
        known.forEach(order -> byKey.put(order.key(), order));
    }

    /** Opens an order, unless there is one of this key. */
    synchronized Opening open(String key, Money amount, String description, String returnUrl, long expiresAt) {
        Order known = byKey.get(key);
        if (known != null) {
            return new Opening(current(known), false);
        }
        Order order = new Order(fresh("sbo_"), key, amount.minor(), amount.currency(), description, returnUrl, now(), expiresAt,
                State.OPEN, 0, amount.currency(), "", "", 0, 1, List.of());
        put(order);
        return new Opening(order, true);
    }

    synchronized Optional<Order> byKey(String key) {
        return Optional.ofNullable(byKey.get(key)).map(this::current);
    }

    synchronized Optional<Order> byId(String id) {
        return byKey.values().stream().filter(order -> order.id().equals(id)).findFirst().map(this::current);
    }

    synchronized Optional<Order> byRefund(String refundKey) {
        return byKey.values().stream()
                .filter(order -> order.refunds().stream().anyMatch(refund -> refund.key().equals(refundKey))).findFirst();
    }

    /** The buyer pays what is asked for. */
    void pay(String key) {
        change(key, order -> collect(order, order.minor(), order.currency(), "order.paid"));
    }

    /** The buyer pays, and something else arrives. */
    void pay(String key, Money instead) {
        change(key, order -> collect(order, instead.minor(), instead.currency(), "order.paid"));
    }

    /** The buyer pays, and the provider forgets to say so. */
    void paySilently(String key) {
        change(key, order -> order.paid() ? order : order.collected(order.minor(), order.currency(), fresh("sbp_")));
    }

    /** The buyer pays, and the provider says so again and again. */
    void payAndRepeat(String key, int times) {
        change(key, order -> collect(order.repeating(times), order.minor(), order.currency(), "order.paid"));
    }

    /** The money is on its way and comes by itself. */
    void payLater(String key, Duration later) {
        change(key, order -> order.paid() ? order
                : order.in(State.ATTEMPTED, fresh("sbp_"), "").collectedAt(now() + later.toMillis()));
    }

    void promise(String key) {
        change(key, order -> order.payable(now()) ? told("order.promised", order.in(State.PROMISED, fresh("sbp_"), "")) : order);
    }

    void fail(String key) {
        change(key, order -> order.payable(now()) ? told("order.failed", order.in(State.FAILED, fresh("sbp_"), "DECLINED")) : order);
    }

    /** Fails now, and then the money comes all the same. */
    void failAndPayLater(String key, Duration later) {
        change(key, order -> order.payable(now())
                ? told("order.failed", order.in(State.FAILED, fresh("sbp_"), "TIMEOUT").collectedAt(now() + later.toMillis())) : order);
    }

    void expire(String key) {
        change(key, order -> order.undecided() ? told("order.expired", order.in(State.EXPIRED, order.attempt(), "")) : order);
    }

    synchronized void forget(String key) {
        byKey.remove(key);
        keep.accept(List.copyOf(byKey.values()));
    }

    /** Gives back; a key that is known changes nothing. */
    synchronized Refunding refund(String key, String refundKey, long minor) {
        Optional<Order> known = byRefund(refundKey);
        if (known.isPresent()) {
            Refund refund = refund(known.get(), refundKey);
            boolean same = known.get().key().equals(key) && refund.minor() == minor;
            return same ? new Refunding.Done(known.get(), refund) : new Refunding.Refused("REFUND_KEY_USED");
        }
        Order order = byKey.get(key);
        if (order == null) {
            return new Refunding.Refused("ORDER_UNKNOWN");
        }
        if (!order.paid()) {
            return new Refunding.Refused("ORDER_NOT_PAID");
        }
        if (minor < 1 || minor > order.collected() - order.refunded() || order.refunds().size() == MOST_REFUNDS) {
            return new Refunding.Refused("REFUND_TOO_LARGE");
        }
        long settleAt = refundsTake.isNegative() ? 0 : now() + refundsTake.toMillis();
        Refund made = new Refund(fresh("sbr_"), refundKey, minor, RefundState.PENDING, settleAt);
        List<Refund> all = new ArrayList<>(order.refunds());
        all.add(made);
        Order after = order.with(all);
        put(after);
        return new Refunding.Done(after, made);
    }

    synchronized void settle(String refundKey, boolean processed) {
        byRefund(refundKey).ifPresent(order -> settle(order, refund(order, refundKey), processed));
    }

    /** Lets happen what was to happen by now. */
    synchronized void tick() {
        for (Order order : List.copyOf(byKey.values())) {
            if (order.collectAt() > 0 && order.collectAt() <= now()) {
                put(collect(order, order.minor(), order.currency(), "order.paid"));
            }
            for (Refund refund : order.refunds()) {
                if (refund.state() == RefundState.PENDING && refund.settleAt() > 0 && refund.settleAt() <= now()) {
                    settle(byKey.getOrDefault(order.key(), order), refund, true);
                }
            }
            Order current = byKey.get(order.key());
            if (current != null && current != current(current)) {
                put(told("order.expired", current(current)));
            }
        }
    }

    static Refund refund(Order order, String refundKey) {
        return order.refunds().stream().filter(refund -> refund.key().equals(refundKey)).findFirst().orElseThrow();
    }

    private void settle(Order order, Refund refund, boolean processed) {
        if (refund.state() != RefundState.PENDING) {
            return;
        }
        Refund settled = refund.in(processed ? RefundState.PROCESSED : RefundState.FAILED);
        Order after = order.with(order.refunds().stream().map(each -> each.key().equals(refund.key()) ? settled : each).toList());
        put(after);
        notify.accept((processed ? "refund.processed:" : "refund.failed:") + refund.key(), after);
    }

    private Order collect(Order order, long minor, String currency, String event) {
        if (order.paid()) {
            return order;
        }
        String attempt = order.state() == State.ATTEMPTED || order.state() == State.PROMISED ? order.attempt() : fresh("sbp_");
        return told(event, order.collected(minor, currency, attempt));
    }

    private Order told(String event, Order order) {
        notify.accept(event, order);
        return order;
    }

    private synchronized void change(String key, UnaryOperator<Order> change) {
        Order before = byKey.get(key);
        if (before == null) {
            return;
        }
        Order after = change.apply(current(before));
        if (after != before) {
            put(after);
        }
    }

    /** As it is now: what nobody paid in time is over. */
    private Order current(Order order) {
        boolean over = (order.state() == State.OPEN || order.state() == State.ATTEMPTED && order.collectAt() == 0)
                && order.expiresAt() <= now();
        return over ? order.in(State.EXPIRED, order.attempt(), "") : order;
    }

    private void put(Order order) {
        byKey.put(order.key(), order);
        if (byKey.size() > MOST) {
            byKey.remove(byKey.keySet().iterator().next());
        }
        keep.accept(List.copyOf(byKey.values()));
    }

    /** In milliseconds since 1970. */
    long now() {
        return clock.instant().toEpochMilli();
    }

    private String fresh(String prefix) {
        StringBuilder id = new StringBuilder(prefix);
        for (int i = 0; i < 26; i++) {
            id.append(BASE32.charAt(random.nextInt(BASE32.length())));
        }
        return id.toString();
    }

    /** @param fresh whether it was made just now */
    record Opening(Order order, boolean fresh) {}

    /** What came of asking for money back. */
    sealed interface Refunding {
        record Done(Order order, Refund refund) implements Refunding {}

        record Refused(String code) implements Refunding {}
    }
}

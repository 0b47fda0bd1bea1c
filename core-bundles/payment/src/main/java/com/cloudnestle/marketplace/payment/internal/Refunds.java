package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.PaymentGateway;
import com.cloudnestle.marketplace.payment.RefundRequest;
import com.cloudnestle.marketplace.payment.RefundSnapshot;
import com.cloudnestle.marketplace.payment.RefundSnapshot.State;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives money back. What is promised to go back is kept with the payment and never exceeds what came, whoever promises at the same
 * time; only then the provider is asked, under a key that stays the same.
 */
final class Refunds {

    static final String PREFIX = "rfd_";

    private static final Logger LOG = LoggerFactory.getLogger(Refunds.class);
    /** The provider will never do it. Everything else is tried again. */
    private static final Set<Kind> HOPELESS =
            Set.of(Kind.INVALID_REQUEST, Kind.FORBIDDEN, Kind.DECLINED, Kind.LIMIT, Kind.UNSUPPORTED, Kind.NOT_FOUND, Kind.MISMATCH);
    private static final Duration SLOW = Duration.ofDays(10);
    private static final int MAX_REASON = 100;

    private final PaymentBook book;
    private final Returns returns;
    private final Tasks tasks;
    private final Offers gateways;

    Refunds(PaymentBook book, Returns returns, Tasks tasks, Offers gateways) {
        this.book = book;
        this.returns = returns;
        this.tasks = tasks;
        this.gateways = gateways;
    }

    static Task task(StoredRefund refund, Instant due) {
        return Task.of(Task.Kind.REFUND, refund.id(), due, Map.of("payment", refund.paymentId(), "since", refund.createdAt().toString()));
    }

    /** A new refund with what leads to it. */
    static List<Write> written(StoredRefund refund) {
        return List.of(put(refund), place(refund));
    }

    static Write put(StoredRefund refund) {
        return new Write.Put(refund.item(), Condition.itemAbsent());
    }

    static Write place(StoredRefund refund) {
        return new Write.Put(new Item(Keys.refundPlace(refund.id()), Map.of("payment", refund.paymentId())), Condition.itemAbsent());
    }

    /** The step that promises a refund; empty: this key promised it before. */
    Optional<Step> promise(StoredPayment payment, Optional<Money> asked, String reason, String key, Cause cause) {
        requireText(reason, key);
        String meaning = Ids.digest(asked.map(Money::toString).orElse("all"), reason);
        Optional<Item> before = book.store().get(Keys.refundKey(payment.id(), key));
        if (before.isPresent()) {
            if (before.get().string("meaning").filter(meaning::equals).isEmpty()) {
                throw new MarketplaceException(Problem.IDEMPOTENCY_KEY_REUSED, "This idempotency key asked for another refund before.");
            }
            return Optional.empty();
        }
        Money amount = possible(payment, asked);
        StoredRefund refund = StoredRefund.fresh(payment.id(), Ids.fresh(PREFIX), amount, reason, cause.actor(), book.now());
        Money reserved = payment.reserved().plus(amount);
        StoredPayment next = payment.change().set(StoredPayment.RESERVED, reserved.minor()).done();
        Item keyItem = new Item(Keys.refundKey(payment.id(), key), Map.of("refund", refund.id(), "meaning", meaning));
        List<Write> writes = new ArrayList<>(written(refund));
        writes.add(new Write.Put(keyItem, Condition.itemAbsent()));
        Task effect = Effects.task(next, "payment.refund-requested", "requested-" + refund.id(), cause, false,
                Map.of("refund", refund.id(), "amount", amount.toString()), tasks.held());
        return Optional.of(new Step(payment, next,
                Step.note("refund.requested", cause, "refund", refund.id(), "amount", amount.toString()))
                .with(writes).then(effect).then(task(refund, tasks.held())));
    }

    private Money possible(StoredPayment payment, Optional<Money> asked) {
        Optional<Money> received = payment.received();
        if (received.isEmpty() || !payment.is(Payment.State.PAID, Payment.State.HELD, Payment.State.REFUNDED)) {
            throw new MarketplaceException(Problem.CONFLICT, "Nothing was paid that could be given back.");
        }
        if (asked.filter(amount -> !amount.currency().equals(received.get().currency()) || amount.minor() < 1).isPresent()) {
            throw MarketplaceException.invalid("amount", "must be more than 0, in the currency of the payment");
        }
        Money left = received.get().minus(Credits.spent(payment));
        Money amount = asked.orElse(left);
        if (left.minor() < 1 || amount.compareTo(left) > 0) {
            throw new MarketplaceException(Problem.CONFLICT, "Only " + left + " of the payment is left to be given back.");
        }
        if (asked.isPresent() && payment.booked().equals(StoredPayment.SALE) && Bookings.split(payment, amount).net().isNegative()) {
            throw MarketplaceException.invalid("amount", "is too small to be divided into price and tax");
        }
        PaymentGateway gateway = gateways.require(payment);
        if (!amount.equals(received.get()) && !gateway.capabilities().partialRefunds()) {
            throw new MarketplaceException(Problem.CONFLICT, "This provider gives back all of a payment or nothing.");
        }
        return amount;
    }

    private static void requireText(String reason, String key) {
        if (reason.isBlank() || reason.length() > MAX_REASON || reason.chars().anyMatch(Character::isISOControl)) {
            throw MarketplaceException.invalid("reason", "must have 1 to " + MAX_REASON + " characters and no control characters");
        }
        if (key.isEmpty() || key.length() > 200) {
            throw MarketplaceException.invalid("idempotency_key", "must have 1 to 200 characters");
        }
    }

    Optional<StoredRefund> find(String refundId) {
        if (!refundId.matches("[A-Za-z0-9_-]{1,40}")) {
            return Optional.empty();
        }
        return book.store().get(Keys.refundPlace(refundId)).flatMap(place -> place.string("payment"))
                .flatMap(payment -> find(payment, refundId));
    }

    Optional<StoredRefund> find(String paymentId, String refundId) {
        return book.store().get(Keys.refund(paymentId, refundId)).map(StoredRefund::new);
    }

    /**
     * Asks the provider to make the refund, or what became of it, and says what follows; nothing if that is not known.
     *
     * @throws MarketplaceException {@code provider-unavailable} if the gateway is not there
     */
    Optional<RefundSnapshot> ask(StoredPayment payment, StoredRefund refund) {
        PaymentGateway gateway = gateways.require(payment);
        RefundRequest request = new RefundRequest(refund.id(), payment.expectedBack(), refund.amount(), refund.reason());
        try {
            if (refund.providerRefundId().isPresent() || refund.state() != State.PENDING) {
                return Optional.of(GatewayCall.guarded("fetch-refund", payment.id(),
                        () -> gateway.fetchRefund(request, refund.providerRefundId())));
            }
            return Optional.of(GatewayCall.guarded("refund", payment.id(), () -> gateway.refund(request)));
        } catch (GatewayException e) {
            if (e.kind() == Kind.DUPLICATE && refund.providerRefundId().isEmpty()) {
                return found(payment, gateway, request);
            }
            boolean hopeless = HOPELESS.contains(e.kind()) && refund.providerRefundId().isEmpty() && refund.state() == State.PENDING;
            return hopeless ? Optional.of(new RefundSnapshot(refund.id(), "", State.FAILED, refund.amount(), e.kind().name()))
                    : Optional.empty();
        }
    }

    private static Optional<RefundSnapshot> found(StoredPayment payment, PaymentGateway gateway, RefundRequest request) {
        try {
            return Optional.of(GatewayCall.guarded("fetch-refund", payment.id(), () -> gateway.fetchRefund(request, Optional.empty())));
        } catch (GatewayException e) {
            return Optional.empty();
        }
    }

    /** What a provider says of a refund, as a step of its payment; empty: nothing new. */
    Optional<Step> step(StoredPayment payment, String refundId, RefundSnapshot snapshot, Cause cause) {
        StoredRefund refund = find(payment.id(), refundId).orElseThrow(PaymentBook::unknown);
        if (!snapshot.refundId().equals(refundId) || !snapshot.amount().equals(refund.amount())) {
            LOG.error("event=refund_answer_ignored payment={} refund={} amount=\"{}\"; it is not the one that was asked for",
                    payment.id(), refundId, snapshot.amount());
            return Optional.empty();
        }
        return switch (snapshot.state()) {
            case PENDING -> refund.state() == State.PENDING && refund.providerRefundId().isEmpty()
                    ? Optional.of(noted(payment, refund, snapshot, cause))
                    : Optional.empty();
            case PROCESSED -> refund.state() == State.PROCESSED ? Optional.empty() : returns.processed(payment, refund, snapshot, cause);
            case FAILED -> refund.state() == State.PENDING ? Optional.of(failed(payment, refund, snapshot, cause)) : Optional.empty();
        };
    }

    private static Step noted(StoredPayment payment, StoredRefund refund, RefundSnapshot snapshot, Cause cause) {
        StoredRefund next = refund.in(State.PENDING, Optional.of(snapshot.providerRefundId()));
        return new Step(payment, payment.change().done(), Step.note("refund.accepted", cause, "refund", refund.id()))
                .with(List.of(refund.change(next)));
    }

    private Step failed(StoredPayment payment, StoredRefund refund, RefundSnapshot snapshot, Cause cause) {
        LOG.error("event=refund_failed payment={} refund={} amount=\"{}\" code={}; the money is still with us",
                payment.id(), refund.id(), refund.amount(), snapshot.failure());
        StoredPayment next = payment.change()
                .set(StoredPayment.RESERVED, payment.reserved().minus(refund.amount()).minor()).done();
        Task effect = Effects.task(next, "payment.refund-failed", "failed-" + refund.id(), cause, false,
                Map.of("refund", refund.id(), "amount", refund.amount().toString()), tasks.held());
        return new Step(payment, next, Step.note("refund.failed", cause, "refund", refund.id(), "code", snapshot.failure()))
                .with(List.of(refund.change(refund.in(State.FAILED, Optional.of(snapshot.providerRefundId()))))).then(effect);
    }

    /** When to ask again for one that waits. */
    Instant again(StoredRefund refund, long attempts) {
        Duration age = Duration.between(refund.createdAt(), book.now());
        if (age.compareTo(SLOW) > 0) {
            LOG.warn("event=refund_slow payment={} refund={} days={}", refund.paymentId(), refund.id(), age.toDays());
        }
        return book.now().plus(Ladder.backoff(attempts, Duration.ofHours(6)));
    }
}

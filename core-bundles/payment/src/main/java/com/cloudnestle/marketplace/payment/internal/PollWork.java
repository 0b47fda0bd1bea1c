package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.Payment.State;
import com.cloudnestle.marketplace.payment.PaymentGateway;
import com.cloudnestle.marketplace.payment.RefundSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for payments and refunds of which nobody says anything. */
final class PollWork {

    private static final Logger LOG = LoggerFactory.getLogger(PollWork.class);
    private static final Duration WHILE_ABSENT = Duration.ofMinutes(5);

    /** After a start gateways may come later than this bundle: nothing is wrong yet, and payments do not wait longer than they must. */
    private static final Duration STARTING = Duration.ofMinutes(1);

    private static final Duration WHILE_STARTING = Duration.ofSeconds(3);

    private final PaymentBook book;
    private final Offers gateways;
    private final Inquiries inquiries;
    private final Refunds refunds;
    private final Instant started;

    PollWork(PaymentBook book, Offers gateways, Inquiries inquiries, Refunds refunds) {
        this.book = book;
        this.gateways = gateways;
        this.inquiries = inquiries;
        this.refunds = refunds;
        this.started = book.now();
    }

    /** When to ask again; empty: it need not be asked for any more. */
    Optional<Instant> payment(Task task) {
        StoredPayment payment = book.require(task.fact("payment"));
        if (payment.is(State.PAID, State.HELD, State.REFUNDED)) {
            return Optional.empty();
        }
        Optional<PaymentGateway> gateway = gateways.of(payment);
        if (gateway.isEmpty()) {
            return Optional.of(absent("payment", payment.id(), payment));
        }
        Duration atLeast = Duration.ZERO;
        try {
            payment = inquiries.ask(payment, Cause.POLL);
        } catch (GatewayException e) {
            atLeast = e.retryAfter().orElse(Duration.ZERO);
        }
        Instant earliest = book.now().plus(atLeast);
        return next(payment, gateway.get()).map(next -> next.isBefore(earliest) ? earliest : next);
    }

    private Instant absent(String what, String id, StoredPayment payment) {
        Instant now = book.now();
        if (now.isBefore(started.plus(STARTING))) {
            return now.plus(WHILE_STARTING);
        }
        LOG.error("event=gateway_missing {}={} gateway={} account={}; install it again, the {} waits",
                what, id, payment.gateway(), payment.account(), what);
        return now.plus(WHILE_ABSENT);
    }

    private Optional<Instant> next(StoredPayment payment, PaymentGateway gateway) {
        Instant now = book.now();
        return switch (payment.state()) {
            case CREATED, OPEN -> Optional.of(Ladder.whileOpen(payment.createdAt(), payment.expiresAt(), now));
            case FAILED, EXPIRED -> Ladder.afterwards(payment.expiresAt(), now, gateway.capabilities().watchDays());
            case PAID, HELD, REFUNDED -> Optional.empty();
        };
    }

    /** Makes a refund that was promised, or asks what became of it. */
    Optional<Instant> refund(Task task) {
        StoredPayment payment = book.require(task.fact("payment"));
        StoredRefund refund = refunds.find(payment.id(), task.ref()).orElseThrow(PaymentBook::unknown);
        if (refund.state() == RefundSnapshot.State.PENDING && gateways.of(payment).isEmpty()) {
            return Optional.of(absent("refund", refund.id(), payment));
        }
        if (refund.state() == RefundSnapshot.State.PENDING) {
            refund = inquiries.ask(payment, refund, Cause.POLL);
        }
        return refund.state() == RefundSnapshot.State.PENDING
                ? Optional.of(refunds.again(refund, task.attempts()))
                : Optional.empty();
    }
}

package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.ledger.Ledger;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.PaymentSnapshot;
import com.cloudnestle.marketplace.payment.RefundSnapshot;
import com.cloudnestle.marketplace.payment.RefundSnapshot.State;
import com.cloudnestle.marketplace.payment.internal.DocumentRules.Kind;
import com.cloudnestle.marketplace.payment.internal.PaymentBook.Note;
import com.cloudnestle.marketplace.store.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Money that went back, whoever made it go: it is booked, a sale gets a credit note, and with the last of it the tier ends. */
final class Returns {

    /** Why money went back that we did not give back. */
    static final String ELSEWHERE = "made at the provider";

    private static final Logger LOG = LoggerFactory.getLogger(Returns.class);

    private final PaymentBook book;
    private final Ledger ledger;
    private final Grants grants;
    private final Tasks tasks;
    private final DocumentRules documents;

    Returns(PaymentBook book, Ledger ledger, Grants grants, Tasks tasks, DocumentRules documents) {
        this.book = book;
        this.ledger = ledger;
        this.grants = grants;
        this.tasks = tasks;
        this.documents = documents;
    }

    /**
     * @param refund as it is processed now
     * @param kept how it is written
     */
    private record Return(StoredRefund refund, Function<StoredRefund, Write> kept, List<Write> more, String told) {}

    /** A refund of ours was made. */
    Optional<Step> processed(StoredPayment payment, StoredRefund refund, RefundSnapshot snapshot, Cause cause) {
        StoredPayment.Draft draft = payment.change();
        if (refund.state() == State.FAILED) { // a provider that changed its mind: the money is gone all the same
            if (payment.foreign().compareTo(refund.amount()) >= 0) {
                LOG.error("event=refund_booked_already payment={} refund={}; what went back was taken for one made at the provider",
                        payment.id(), refund.id());
                return Optional.empty();
            }
            Money reserved = payment.reserved().plus(refund.amount());
            LOG.error("event=refund_processed_after_failure payment={} refund={} given_back=\"{}\"", payment.id(), refund.id(), reserved);
            draft.set(StoredPayment.RESERVED, reserved.minor());
        }
        StoredRefund done = refund.in(State.PROCESSED, Optional.of(snapshot.providerRefundId()));
        return Optional.of(step(payment, draft, new Return(done, refund::change, List.of(), "refund.processed"), cause)
                .with(refund.state() == State.FAILED ? usedCredit(payment, done) : List.of()));
    }

    /** How much went back that we know nothing of: more than what we promised, whether that was made yet or not. */
    Money unknown(StoredPayment payment, PaymentSnapshot snapshot) {
        Money none = Money.zero(payment.total().currency());
        Optional<Money> received = payment.received().filter(money -> Settlements.tellsOf(payment, money, snapshot));
        if (received.isEmpty() || !snapshot.refunded().currency().equals(received.get().currency())) {
            return none;
        }
        Money gone = snapshot.refunded().compareTo(received.get()) > 0 ? received.get() : snapshot.refunded();
        if (!payment.foreign().isZero() && gone.compareTo(payment.refunded()) < 0) {
            LOG.error("event=refund_taken_back payment={} gateway={} refunded=\"{}\" booked=\"{}\"; the provider no longer has a refund"
                    + " that was made there", payment.id(), payment.gateway(), gone, payment.refunded());
        }
        return gone.compareTo(payment.reserved()) > 0 ? gone.minus(payment.reserved()) : none;
    }

    /** The provider gave money back that nobody here asked it to. */
    Step elsewhere(StoredPayment payment, Money amount, Cause cause) {
        LOG.warn("event=refund_not_ours payment={} gateway={} amount=\"{}\"; it was made at the provider and is booked here",
                payment.id(), payment.gateway(), amount);
        Cause provider = new Cause(cause.source(), payment.gateway());
        StoredRefund fresh = StoredRefund.fresh(
                payment.id(), Ids.fresh(Refunds.PREFIX), amount, ELSEWHERE, provider.actor(), book.now());
        StoredPayment.Draft draft = payment.change()
                .set(StoredPayment.RESERVED, payment.reserved().plus(amount).minor())
                .set(StoredPayment.FOREIGN, payment.foreign().plus(amount).minor());
        StoredRefund done = fresh.in(State.PROCESSED, Optional.empty());
        return step(payment, draft, new Return(done, Refunds::put, List.of(Refunds.place(done)), "refund.found"), provider)
                .with(usedCredit(payment, done));
    }

    /**
     * What is in another payment as credit went back all the same. Our own refunds leave it alone; nobody asked us here. The other
     * payment stands, so its buyer has had that part twice, and only a person can say what is to become of it.
     *
     * @param refund what goes back beyond all that was promised
     */
    private List<Write> usedCredit(StoredPayment payment, StoredRefund refund) {
        Money spent = Credits.spent(payment).plus(refund.amount());
        Money received = payment.received().orElseThrow();
        if (payment.credited().isZero() || spent.compareTo(received) <= 0) {
            return List.of();
        }
        String by = book.timeline(payment.id()).stream().filter(event -> event.kind().equals(Grants.CREDIT_TAKEN))
                .reduce((one, later) -> later).map(event -> event.details().get("by")).orElse("");
        Money over = spent.minus(received);
        Money twice = over.compareTo(refund.amount()) > 0 ? refund.amount() : over;
        LOG.error("event=refund_of_used_credit payment={} refund={} amount=\"{}\" twice=\"{}\" upgrade={}; the credit of this payment is"
                + " used and the upgrade stands: take it back with market:refund {}, or leave it", payment.id(), refund.id(), refund.amount(),
                twice, by, by);
        return List.of(book.event(payment, refund.id(), new Note("credit.overdrawn", Cause.SYSTEM,
                Map.of("refund", refund.id(), "by", by, "amount", twice.toString()))));
    }

    private Step step(StoredPayment payment, StoredPayment.Draft draft, Return back, Cause cause) {
        StoredRefund refund = back.refund();
        Instant now = book.now();
        Money refunded = payment.refunded().plus(refund.amount());
        boolean whole = refunded.compareTo(payment.received().orElseThrow()) >= 0;
        draft.set(StoredPayment.REFUNDED, refunded.minor());
        List<Write> writes = new ArrayList<>(ledger.booking(Bookings.refund(payment, refund, now)));
        writes.addAll(back.more());
        List<Write> ends = whole ? grants.ended(payment, now) : List.of();
        writes.addAll(ends);
        StoredPayment next = (whole ? draft.state(Payment.State.REFUNDED) : draft).done();
        Task effect = Effects.task(next, "payment.refunded", "refunded-" + refund.id(), cause, !ends.isEmpty(),
                Map.of("refund", refund.id(), "amount", refund.amount().toString(), "whole", Boolean.toString(whole)), tasks.held());
        Step step = new Step(payment, next, Step.note(back.told(), cause, "refund", refund.id(), "amount", refund.amount().toString()))
                .with(writes).then(effect);
        // What was never sold has no invoice, and what was sold before there were invoices neither.
        return payment.invoice().filter(invoice -> payment.booked().equals(StoredPayment.SALE))
                .map(invoice -> step.numbered(creditNote(payment, back, invoice, now)))
                .orElseGet(() -> step.with(List.of(back.kept().apply(refund))));
    }

    private Step.Numbered creditNote(StoredPayment payment, Return back, String invoice, Instant now) {
        Bookings.Split split = Bookings.split(payment, back.refund().amount());
        return new Step.Numbered(documents.series(Kind.CREDIT_NOTE, payment, now), back.refund().id(), (step, number) ->
                step.with(List.of(back.kept().apply(back.refund().credited(number, invoice, split, now)))).noting("credit_note", number));
    }
}

package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.ledger.Ledger;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.Payment.State;
import com.cloudnestle.marketplace.payment.PaymentSnapshot;
import com.cloudnestle.marketplace.payment.internal.DocumentRules.Kind;
import com.cloudnestle.marketplace.payment.internal.Grants.Grant;
import com.cloudnestle.marketplace.payment.internal.PaymentBook.Note;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where what a provider says of a payment changes it, whoever asked. A step is worked out from the payment as it was
 * read and written on condition that it still is so; else it is worked out anew.
 */
final class Settlements {

    /** For so long after the end a payment may still be on its way through the provider. */
    static final Duration GRACE = Duration.ofMinutes(2);

    /** Nothing is sold at a price that is older than this, whatever the operator wants of money that is late. */
    static final Duration LATEST = Duration.ofDays(30);

    private static final Logger LOG = LoggerFactory.getLogger(Settlements.class);

    private static final String GIVEN_BACK = "given_back";

    private final PaymentBook book;
    private final Grants grants;
    private final Ledger ledger;
    private final Tasks tasks;
    private final DocumentRules documents;
    private final boolean refundLate;

    Settlements(PaymentBook book, Grants grants, Ledger ledger, Tasks tasks, PaymentSettings settings) {
        this.book = book;
        this.grants = grants;
        this.ledger = ledger;
        this.tasks = tasks;
        this.documents = settings.documents();
        this.refundLate = settings.refundLate();
    }

    /** What one look at a payment comes to; empty: nothing is to be written. */
    Optional<Step> step(StoredPayment payment, PaymentSnapshot snapshot, boolean failedIsFinal, Cause cause) {
        Optional<String> mismatch = mismatch(payment, snapshot).or(() -> anothers(payment, snapshot));
        if (snapshot.state() == PaymentSnapshot.State.CAPTURED) {
            return captured(payment, snapshot, mismatch, cause);
        }
        if (mismatch.isPresent()) {
            LOG.warn("event=payment_answer_ignored payment={} state={} differs_in={}", payment.id(), snapshot.state(), mismatch.get());
            return Optional.empty();
        }
        return payment.is(State.CREATED, State.OPEN) ? uncollected(payment, snapshot, failedIsFinal, cause) : Optional.empty();
    }

    /** The provider itself contradicted what we know: it cannot even be said what came. */
    Optional<Step> contradicted(StoredPayment payment, Cause cause) {
        LOG.error("event=payment_contradicted payment={} gateway={} state={}", payment.id(), payment.gateway(), payment.state());
        return payment.is(State.CREATED, State.OPEN, State.FAILED, State.EXPIRED)
                ? Optional.of(held(payment, payment.change(), "mismatch", cause, List.of()))
                : Optional.empty();
    }

    /** The provider has nothing under our key, and time is over. */
    Optional<Step> unknownThere(StoredPayment payment, Cause cause) {
        boolean over = book.now().isAfter(payment.expiresAt().plus(GRACE));
        return over && payment.is(State.CREATED, State.OPEN)
                ? Optional.of(ended(payment, payment.change(), State.EXPIRED, "not_paid", cause))
                : Optional.empty();
    }

    /** In what the answer is not about the payment that we know; empty: in nothing. */
    private static Optional<String> mismatch(StoredPayment payment, PaymentSnapshot snapshot) {
        if (!snapshot.paymentId().equals(payment.id())) {
            return Optional.of("payment");
        }
        if (payment.providerOrderId().filter(known -> !known.equals(snapshot.providerOrderId())).isPresent()) {
            return Optional.of("order");
        }
        if (snapshot.account().filter(account -> !account.equals(payment.account())).isPresent()) {
            return Optional.of("account");
        }
        if (!snapshot.amount().currency().equals(payment.total().currency())) {
            return Optional.of("currency");
        }
        return snapshot.amount().equals(payment.total()) ? Optional.empty() : Optional.of("amount");
    }

    /** The gateway takes two payments for one: what it says of the order is about the one that had it first. */
    private Optional<String> anothers(StoredPayment payment, PaymentSnapshot snapshot) {
        boolean known = payment.providerOrderId().isPresent(); // then it leads here
        return known || !book.leadsElsewhere(payment, snapshot.providerOrderId()) ? Optional.empty() : Optional.of("order");
    }

    /** Whether the provider speaks of the very money that came for this payment. */
    static boolean tellsOf(StoredPayment payment, Money received, PaymentSnapshot snapshot) {
        boolean same = mismatch(payment, snapshot).filter(differs -> !differs.equals("amount") && !differs.equals("currency")).isEmpty();
        return same && snapshot.state() == PaymentSnapshot.State.CAPTURED && snapshot.amount().equals(received);
    }

    private Optional<Step> captured(StoredPayment payment, PaymentSnapshot snapshot, Optional<String> mismatch, Cause cause) {
        return switch (payment.state()) {
            case PAID, REFUNDED -> {
                mismatch.ifPresent(differs -> LOG.error("event=payment_contradicted payment={} gateway={} state={} differs_in={}",
                        payment.id(), payment.gateway(), payment.state(), differs));
                yield mismatch.isPresent() ? Optional.empty() : feeOf(payment, snapshot, cause);
            }
            case HELD -> payment.booked().isEmpty() && cause.byAdmin() && mismatch.isEmpty()
                    ? Optional.of(fulfilled(payment, snapshot, false, cause))
                    : Optional.empty();
            case CREATED, OPEN, FAILED, EXPIRED -> mismatch.isEmpty() && snapshot.refunded().compareTo(payment.total()) >= 0
                    ? givenBack(payment, snapshot, cause)
                    : Optional.of(mismatch.map(differs -> mismatched(payment, snapshot, differs, cause))
                            .orElseGet(() -> fulfilled(payment, snapshot, payment.is(State.FAILED, State.EXPIRED), cause)));
        };
    }

    /** It came and went before we saw it, as with providers that give back what nobody collected: nothing was ever sold. */
    private Optional<Step> givenBack(StoredPayment payment, PaymentSnapshot snapshot, Cause cause) {
        return payment.failure().equals(GIVEN_BACK)
                ? Optional.empty()
                : Optional.of(ended(payment, seen(payment, snapshot), State.FAILED, GIVEN_BACK, cause).with(leads(payment, snapshot)));
    }

    /** @param late whether buyer and customer were told before that it failed */
    private Step fulfilled(StoredPayment payment, PaymentSnapshot snapshot, boolean late, Cause cause) {
        Instant now = book.now();
        Grants.Look look = grants.look(payment, now);
        boolean tooLate = late && (refundLate || now.isAfter(payment.expiresAt().plus(LATEST)));
        Optional<String> obstacle = look.obstacle().or(() -> tooLate ? Optional.of("late") : Optional.empty());
        return obstacle.isPresent()
                ? sentBack(payment, snapshot, obstacle.get(), cause)
                : granted(payment, snapshot, late, look.grant(), cause);
    }

    private Step granted(StoredPayment payment, PaymentSnapshot snapshot, boolean late, Grant grant, Cause cause) {
        Instant now = grant.at();
        StoredPayment.Draft draft = grant.on(seen(payment, snapshot).state(State.PAID).at(StoredPayment.PAID_AT, now)
                .received(payment.total(), StoredPayment.SALE).remove(StoredPayment.FAILURE));
        List<Write> writes = new ArrayList<>(ledger.booking(Bookings.sale(payment, now)));
        Bookings.fee(payment, snapshot, now).ifPresent(fee -> {
            draft.set(StoredPayment.FEE_BOOKED, 1L);
            writes.addAll(ledger.booking(fee));
        });
        writes.addAll(grant.writes());
        writes.add(new Write.Put(new Item(Keys.grant(payment.id()), Map.of("at", now.toEpochMilli(), "tier", payment.tier())),
                Condition.itemAbsent()));
        writes.add(PaymentBook.leads(payment, snapshot.providerOrderId()));
        StoredPayment next = draft.done();
        Note note = Step.note("state.changed", cause, "from", payment.state().name(), "to", State.PAID.name(),
                "late", Boolean.toString(late));
        Task effect = Effects.task(next, "payment.captured", "captured", cause, true, audited(payment, Map.of(
                "late", Boolean.toString(late), "amount", payment.total().toString())), tasks.held());
        return new Step(payment, next, note).with(writes).then(effect).invoiced(documents.series(Kind.INVOICE, payment, now));
    }

    /** The right money came, but there is nothing to give for it: it goes back. */
    private Step sentBack(StoredPayment payment, PaymentSnapshot snapshot, String why, Cause cause) {
        Instant now = book.now();
        StoredRefund refund = StoredRefund.fresh(
                payment.id(), Ids.fresh(Refunds.PREFIX), payment.total(), why, Cause.SYSTEM, now);
        StoredPayment.Draft draft = seen(payment, snapshot).received(payment.total(), StoredPayment.UNALLOCATED)
                .set(StoredPayment.RESERVED, payment.total().minor());
        List<Write> writes = new ArrayList<>(ledger.booking(Bookings.unallocated(payment, payment.total(), now)));
        writes.addAll(Refunds.written(refund));
        writes.add(PaymentBook.leads(payment, snapshot.providerOrderId()));
        Step held = held(payment, draft, why, cause, writes);
        return held.then(Refunds.task(refund, tasks.held()));
    }

    /** Money came that does not fit. Only if it differs in nothing but how much it is, it is certain that it is of this payment. */
    private Step mismatched(StoredPayment payment, PaymentSnapshot snapshot, String differs, Cause cause) {
        boolean ours = (differs.equals("amount") || differs.equals("currency")) && snapshot.amount().minor() > 0;
        if (!ours) {
            return held(payment, payment.change(), differs, cause, List.of());
        }
        StoredPayment.Draft draft = seen(payment, snapshot).received(snapshot.amount(), StoredPayment.UNALLOCATED);
        List<Write> writes = new ArrayList<>(ledger.booking(Bookings.unallocated(payment, snapshot.amount(), book.now())));
        writes.add(PaymentBook.leads(payment, snapshot.providerOrderId()));
        return held(payment, draft, differs, cause, writes);
    }

    private Step held(StoredPayment payment, StoredPayment.Draft draft, String why, Cause cause, List<Write> writes) {
        StoredPayment next = draft.state(State.HELD).set(StoredPayment.FAILURE, why).done();
        Note note = Step.note("state.changed", cause, "from", payment.state().name(), "to", State.HELD.name(), "why", why);
        Task effect = Effects.task(next, Effects.HELD, "held", cause, false, audited(payment, Map.of("why", why)), tasks.held());
        return new Step(payment, next, note).with(writes).then(effect);
    }

    private Optional<Step> uncollected(StoredPayment payment, PaymentSnapshot snapshot, boolean failedIsFinal, Cause cause) {
        boolean over = book.now().isAfter(payment.expiresAt().plus(GRACE));
        StoredPayment.Draft draft = seen(payment, snapshot);
        return switch (snapshot.state()) {
            case FAILED -> failedIsFinal || over
                    ? Optional.of(ended(payment, draft, State.FAILED, "declined", cause).with(leads(payment, snapshot)))
                    : attemptFailed(payment, draft, snapshot, cause);
            case EXPIRED -> Optional.of(ended(payment, draft, State.EXPIRED, "not_paid", cause).with(leads(payment, snapshot)));
            case CREATED, PENDING -> over
                    ? Optional.of(ended(payment, draft, State.EXPIRED, "not_paid", cause).with(leads(payment, snapshot)))
                    : found(payment, draft, snapshot, cause);
            case AUTHORIZED, UNKNOWN, CAPTURED -> found(payment, draft, snapshot, cause);
        };
    }

    /** The buyer may try again on the same page. */
    private Optional<Step> attemptFailed(
            StoredPayment payment, StoredPayment.Draft draft, PaymentSnapshot snapshot, Cause cause) {
        if (payment.failure().equals("attempt_declined")) {
            return found(payment, draft, snapshot, cause);
        }
        return Optional.of(new Step(payment, draft.set(StoredPayment.FAILURE, "attempt_declined").done(),
                Step.note("attempt.failed", cause, "code", snapshot.failure())).with(leads(payment, snapshot)));
    }

    /** Nothing has changed but that we may not have known the provider's key. */
    private static Optional<Step> found(StoredPayment payment, StoredPayment.Draft draft, PaymentSnapshot snapshot, Cause cause) {
        return payment.providerOrderId().isPresent()
                ? Optional.empty()
                : Optional.of(new Step(payment, draft.done(), Step.note("provider.found", cause)).with(leads(payment, snapshot)));
    }

    private Step ended(StoredPayment payment, StoredPayment.Draft draft, State state, String why, Cause cause) {
        LOG.info("event=payment_ended payment={} gateway={} state={} why={}", payment.id(), payment.gateway(), state, why);
        return new Step(payment, draft.state(state).set(StoredPayment.FAILURE, why).done(),
                Step.note("state.changed", cause, "from", payment.state().name(), "to", state.name(), "why", why));
    }

    /** A provider may tell its fee only some time after the payment. */
    private Optional<Step> feeOf(StoredPayment payment, PaymentSnapshot snapshot, Cause cause) {
        if (payment.feeBooked() || !payment.booked().equals(StoredPayment.SALE)) {
            return Optional.empty();
        }
        return Bookings.fee(payment, snapshot, book.now()).map(fee -> new Step(payment,
                payment.change().set(StoredPayment.FEE_BOOKED, 1L).done(), Step.note("fee.booked", cause)).with(ledger.booking(fee)));
    }

    private static List<Write> leads(StoredPayment payment, PaymentSnapshot snapshot) {
        return List.of(PaymentBook.leads(payment, snapshot.providerOrderId()));
    }

    /** The provider's key of an attempt is kept only if it succeeded: another one may follow one that failed. */
    private static StoredPayment.Draft seen(StoredPayment payment, PaymentSnapshot snapshot) {
        boolean succeeded = snapshot.state() == PaymentSnapshot.State.CAPTURED;
        return payment.change().ifPresent(StoredPayment.PROVIDER_ORDER, Optional.of(snapshot.providerOrderId()))
                .ifPresent(StoredPayment.PROVIDER_PAYMENT, snapshot.providerPaymentId().filter(id -> succeeded))
                .ifPresent(StoredPayment.METHOD, Optional.of(snapshot.method()));
    }

    private static Map<String, String> audited(StoredPayment payment, Map<String, String> more) {
        Map<String, String> details = new HashMap<>(more);
        details.put("solution", payment.solutionId());
        details.put("tier", payment.tier());
        details.put("gateway", payment.gateway());
        return details;
    }
}

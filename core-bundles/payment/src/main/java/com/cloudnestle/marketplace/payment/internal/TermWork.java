package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.payment.Payment.State;
import com.cloudnestle.marketplace.payment.Payment.Term;
import com.cloudnestle.marketplace.store.Write;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Ends what was paid for when its time is over, and says so before. Safe to be cut off anywhere and begun again. */
final class TermWork {

    private final PaymentBook book;
    private final Ownership ownership;
    private final Grants grants;
    private final Tasks tasks;
    private final Progress progress;
    private final TermMails mails;

    TermWork(PaymentBook book, Ownership ownership, Grants grants, Tasks tasks, Progress progress, TermMails mails) {
        this.book = book;
        this.ownership = ownership;
        this.grants = grants;
        this.tasks = tasks;
        this.progress = progress;
        this.mails = mails;
    }

    /** Takes the tier if nobody has paid for more. */
    Optional<Instant> end(Task task) {
        StoredPayment after = progress.make(task.ref(), this::ended);
        if (after.termEnded()) {
            mails.ended(after);
        }
        return after.term().map(Term::until).filter(until -> until.isAfter(book.now())); // this clock is behind that of who wrote it
    }

    private Optional<Step> ended(StoredPayment payment) {
        List<Write> writes = grants.over(payment, book.now());
        if (writes.isEmpty()) {
            return Optional.empty();
        }
        StoredPayment next = payment.change().set(StoredPayment.TERM_ENDED, 1L).done();
        Task effect = Effects.task(next, "payment.term-ended", "term-ended", Cause.TERM, true,
                Map.of("solution", payment.solutionId(), "tier", payment.tier()), tasks.held());
        return Optional.of(new Step(payment, next, Step.note("term.ended", Cause.TERM)).with(writes).then(effect));
    }

    /** Says that the term ends soon, if it is the one that runs and nothing follows it. */
    Optional<Instant> remind(Task task) {
        StoredPayment payment = book.require(task.ref());
        Instant now = book.now();
        boolean last = payment.is(State.PAID) && ownership.owned(payment).filter(owned -> owned.ahead(now).isEmpty()
                && owned.running(now).filter(part -> part.payment().equals(payment.id())).isPresent()).isPresent();
        if (last) {
            mails.ending(payment);
        }
        return Optional.empty();
    }
}

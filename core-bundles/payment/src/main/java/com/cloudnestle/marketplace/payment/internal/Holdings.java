package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.payment.Payment.Term;
import com.cloudnestle.marketplace.payment.Payments.Holding;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What customers have by payments that end. */
final class Holdings {

    private final PaymentBook book;
    private final Ownership ownership;
    private final Terms terms;

    Holdings(PaymentBook book, Ownership ownership, Terms terms) {
        this.book = book;
        this.ownership = ownership;
        this.terms = terms;
    }

    /**
     * A tier that is paid for by terms.
     *
     * @param running the payment that gives it now
     * @param ahead the one for the term after that
     */
    record Held(String tier, StoredPayment running, Optional<StoredPayment> ahead) {

        List<StoredPayment> payments() {
            return Stream.concat(Stream.of(running), ahead.stream()).toList();
        }

        StoredPayment last() {
            return ahead.orElse(running);
        }

        Instant until() {
            return last().term().orElseThrow().until();
        }
    }

    /** @param unused whole days that are still to come, of all that were paid for */
    record Days(int unused, int all) {}

    /** What the customer has of a solution; empty: nothing, or nothing that ends with a term. */
    Optional<Held> of(String customerId, String solutionId, Instant now) {
        return ownership.owned(customerId, solutionId).flatMap(owned -> held(owned, now));
    }

    List<Holding> all(String customerId, Instant now) {
        return ownership.all(customerId).stream().flatMap(owned -> held(owned, now).stream())
                .map(held -> new Holding(held.running().solutionId(), held.tier(), held.running().id(), held.until(), renewableFrom(held)))
                .toList();
    }

    private Optional<Held> held(Owned owned, Instant now) {
        return owned.byTerm()
                ? owned.running(now).map(part -> new Held(owned.tier(), book.require(part.payment()),
                        owned.ahead(now).map(next -> book.require(next.payment()))))
                : Optional.empty();
    }

    Instant renewableFrom(Held held) {
        StoredPayment last = held.last();
        return terms.renewableFrom(last.term().orElseThrow(), last.quote().period());
    }

    Days days(StoredPayment payment, Instant now) {
        Term term = payment.term().orElseThrow();
        boolean ahead = term.from().isAfter(now);
        return new Days(ahead ? terms.days(term) : terms.unused(term, now), terms.days(term));
    }

    /** A moment as customers are told it. */
    String said(Instant moment) {
        return terms.moment(moment);
    }
}

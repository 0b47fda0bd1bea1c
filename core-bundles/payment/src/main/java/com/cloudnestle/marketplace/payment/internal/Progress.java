package com.cloudnestle.marketplace.payment.internal;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Brings payments on, one step at a time, and begins what follows from a step. */
final class Progress {

    /** A payment that stays as it is through so many lost races is in none: what its step is written on can never be so. */
    static final int REFUSALS = 100;

    private final PaymentBook book;
    private final DocumentNumbers numbers;
    private final Consumer<Task> begin;

    /** @param begin is given each task of a step that was written */
    Progress(PaymentBook book, DocumentNumbers numbers, Consumer<Task> begin) {
        this.book = book;
        this.numbers = numbers;
        this.begin = begin;
    }

    /**
     * @param work works out the step from the payment as it is; asked again whenever somebody else was faster
     * @return the payment afterwards
     * @throws IllegalStateException if the step is refused again and again though nobody gets on with the payment
     */
    StoredPayment make(String paymentId, Function<StoredPayment, Optional<Step>> work) {
        long version = -1;
        int refused = 0;
        for (int i = 0; i < PaymentBook.MAX_TRIES; i++) {
            StoredPayment seen = book.require(paymentId);
            refused = seen.version() == version ? refused + 1 : 0;
            version = seen.version();
            if (refused >= REFUSALS) {
                throw new IllegalStateException("a step of the payment " + paymentId + " can never be written");
            }
            Optional<Step> step = work.apply(seen);
            if (step.isEmpty()) {
                return seen;
            }
            Optional<Step> written = written(step.get());
            if (written.isPresent()) {
                written.get().after().forEach(begin);
                return written.get().next();
            }
        }
        throw PaymentBook.tooManyRaces();
    }

    /** As it was written; empty: somebody else was faster. */
    private Optional<Step> written(Step step) {
        if (step.document().isPresent()) {
            return numbers.commit(step);
        }
        return book.commit(step) ? Optional.of(step) : Optional.empty();
    }
}

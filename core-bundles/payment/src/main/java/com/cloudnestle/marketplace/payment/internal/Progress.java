package com.cloudnestle.marketplace.payment.internal;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Brings payments on, one step at a time, and begins what follows from a step. */
final class Progress {

    private final PaymentBook book;
    private final Consumer<Task> begin;

    /** @param begin is given each task of a step that was written */
    Progress(PaymentBook book, Consumer<Task> begin) {
        this.book = book;
        this.begin = begin;
    }

    /**
     * @param work works out the step from the payment as it is; asked again whenever somebody else was faster
     * @return the payment afterwards
     */
    StoredPayment make(String paymentId, Function<StoredPayment, Optional<Step>> work) {
        for (int i = 0; i < PaymentBook.MAX_TRIES; i++) {
            StoredPayment seen = book.require(paymentId);
            Optional<Step> step = work.apply(seen);
            if (step.isEmpty()) {
                return seen;
            }
            if (book.commit(seen, step.get().next(), step.get().note(), step.get().writes())) {
                step.get().after().forEach(begin);
                return step.get().next();
            }
        }
        throw PaymentBook.tooManyRaces();
    }
}

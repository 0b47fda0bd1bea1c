package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.payment.Buyer;
import java.time.Instant;
import java.util.Optional;

/** Takes name and address from payments of people who are gone, when the law no longer wants them there. */
final class BuyerWork {

    private final PaymentBook book;
    private final Progress progress;

    BuyerWork(PaymentBook book, Progress progress) {
        this.book = book;
        this.progress = progress;
    }

    /** The task was written when the person was erased, so nobody who is still there loses anything. */
    Optional<Instant> end(Task task) {
        Optional<Instant> early = book.find(task.ref()).flatMap(BuyerRule::keptUntil).filter(until -> until.isAfter(book.now()));
        if (early.isEmpty()) {
            progress.make(task.ref(), this::nameless);
        }
        return early; // this clock is behind that of who took it
    }

    private Optional<Step> nameless(StoredPayment payment) {
        Buyer buyer = PaymentItems.buyer(payment.item());
        if (buyer.name().isEmpty() && buyer.address().isEmpty()) {
            return Optional.empty();
        }
        StoredPayment next = payment.change().set(StoredPayment.BUYER_NAME, "").set(StoredPayment.BUYER_ADDRESS, "").done();
        return Optional.of(new Step(payment, next, Step.note("buyer.erased", Cause.TERM)));
    }
}

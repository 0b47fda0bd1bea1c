package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.payment.Payment.State;
import com.cloudnestle.marketplace.store.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Keeps the number of payments small that one person has begun and not finished. The provider is asked for each of them again and
 * again, with the threads and within the rate that all buyers share.
 */
final class Unfinished {

    static final int MOST = 10;

    private final PaymentBook book;

    Unfinished(PaymentBook book) {
        this.book = book;
    }

    /** @throws MarketplaceException {@code too-many-requests} (429) that says when the first of them is over */
    void requireFew(String customerId, Instant now) {
        List<Instant> ends = book.store()
                .query(Table.PAYMENT_TRANSACTIONS, Keys.customer(customerId), Keys.LISTED, false, MOST, null).items().stream()
                .flatMap(item -> item.string("payment").flatMap(book::find).stream())
                .filter(payment -> payment.is(State.CREATED, State.OPEN))
                .map(StoredPayment::expiresAt)
                .filter(now::isBefore)
                .sorted()
                .toList();
        if (ends.size() >= MOST) {
            throw MarketplaceException.tooMany("Too many payments were begun and not finished. Finish one of them, or wait until its time"
                    + " is over.", Duration.between(now, ends.get(0)));
        }
    }
}

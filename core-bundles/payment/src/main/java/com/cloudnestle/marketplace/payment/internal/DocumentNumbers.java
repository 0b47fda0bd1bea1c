package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.TransactResult;
import com.cloudnestle.marketplace.store.TransactResult.Failure;
import com.cloudnestle.marketplace.store.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Numbers of invoices and credit notes, without holes and none twice: a number is taken in the transaction that writes what it is for
 * and nowhere else, so there is no number of something that did not come about. The item that counts is the one thing that all
 * payments have in common: each transaction moves it on by one, on condition that it is where it was thought to be.
 */
final class DocumentNumbers {

    private static final Logger LOG = LoggerFactory.getLogger(DocumentNumbers.class);

    /**
     * So many transactions of one series are on their way at once where the store is this process's own: it makes many durable
     * together, in the order in which they come. One that comes too early is refused and tries again.
     */
    private static final int ON_THE_WAY = 8;

    private final PaymentBook book;
    private final Map<DocumentSeries, Turns> turns = new ConcurrentHashMap<>();

    DocumentNumbers(PaymentBook book) {
        this.book = book;
    }

    /**
     * Writes the step with the next number.
     *
     * @return what was written; empty: somebody else got on with the payment
     */
    Optional<Step> commit(Step step) {
        DocumentSeries series = step.document().orElseThrow().series();
        Turns mine = turns.computeIfAbsent(series, key -> new Turns(book.store().shared() ? 1 : ON_THE_WAY));
        mine.waiting.acquireUninterruptibly();
        try {
            for (int i = 0; i < PaymentBook.MAX_TRIES; i++) {
                Optional<Attempt> attempt = attempt(step, series, mine);
                if (attempt.isPresent()) {
                    return attempt.get().written();
                }
            }
        } catch (RuntimeException e) {
            mine.forget(); // it may have been written
            throw e;
        } finally {
            mine.waiting.release();
        }
        throw PaymentBook.tooManyRaces();
    }

    private record Attempt(Optional<Step> written) {}

    /** Empty: another number has to be tried. */
    private Optional<Attempt> attempt(Step step, DocumentSeries series, Turns mine) {
        Place place = mine.next(() -> DocumentItem.last(book.store().get(Keys.series(series))));
        Step.Numbered document = step.document().orElseThrow();
        Step full = document.complete(step, series.number(place.number()));
        List<Write> writes = new ArrayList<>(book.writes(full));
        int counting = writes.size();
        writes.add(DocumentItem.advance(series, place.after(), place.number()));
        writes.add(DocumentItem.given(series, place.number(), step.seen().id(), document.refundId(), book.now()));
        TransactResult result = book.store().transact(writes);
        if (result.applied()) {
            return Optional.of(new Attempt(Optional.of(full)));
        }
        Optional<Failure> count = result.failure(counting);
        boolean overtaken = result.failures().stream().map(Failure::index).anyMatch(index -> index < counting);
        if (count.isPresent()) {
            mine.isAt(DocumentItem.last(count.get().item()), place);
        } else if (overtaken) {
            mine.isAt(place.after(), place); // the number is free again
        } else {
            taken(series, place, result.failure(counting + 1).flatMap(Failure::item));
            mine.passOver(place);
        }
        return overtaken ? Optional.of(new Attempt(Optional.empty())) : Optional.empty();
    }

    /** The series says that the number is free, and it is not: the item that counts was lost or set back. Never give it twice. */
    private static void taken(DocumentSeries series, Place place, Optional<Item> holder) {
        LOG.error("event=document_number_taken number={} payment={}; the series was set back, market:ledger --check tells more",
                series.number(place.number()), holder.flatMap(item -> item.string("payment")).orElse(""));
    }

    /**
     * @param after what the series is at if all goes as expected
     * @param view of the series from which this follows; once it was wrong, what else followed from it is wrong, too
     */
    private record Place(long after, long number, long view) {}

    /** Who gets which place in a series in this process. What the series is at is remembered, and only the store knows it for sure. */
    private static final class Turns {

        private static final long UNKNOWN = -1;

        private final Semaphore waiting;
        private long at = UNKNOWN;
        private long passedOver;
        private long view;

        Turns(int together) {
            waiting = new Semaphore(together, true);
        }

        synchronized Place next(LongSupplier stored) {
            if (at == UNKNOWN) {
                at = stored.getAsLong();
            }
            long after = at;
            at = Math.max(at, passedOver) + 1;
            return new Place(after, at, view);
        }

        /** What the series really was at when this place was refused. */
        synchronized void isAt(long last, Place refused) {
            if (refused.view() == view) {
                at = last;
                view++;
            }
        }

        synchronized void passOver(Place place) {
            passedOver = Math.max(passedOver, place.number());
            isAt(place.after(), place);
        }

        synchronized void forget() {
            at = UNKNOWN;
            view++;
        }
    }
}

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
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Numbers of invoices and credit notes, without holes and none twice: a number is taken in the transaction that writes what it is for
 * and nowhere else, so there is no number of something that did not come about. The item that counts is the one thing that all
 * payments have in common; threads of one process take turns at it, and between processes its condition decides.
 */
final class DocumentNumbers {

    private static final Logger LOG = LoggerFactory.getLogger(DocumentNumbers.class);
    private static final long UNKNOWN = -1;

    /** Whose turn it is, and what the series was at when it was seen last; its condition tells if that is no longer so. */
    private static final class Turn {
        private final ReentrantLock lock = new ReentrantLock(true);
        private long last = UNKNOWN;
        private long taken;
    }

    private final PaymentBook book;
    private final Map<DocumentSeries, Turn> turns = new ConcurrentHashMap<>();

    DocumentNumbers(PaymentBook book) {
        this.book = book;
    }

    /**
     * Writes the step with the next number.
     *
     * @return what was written; empty: somebody else got on with the payment
     */
    Optional<Step> commit(Step step) {
        Step.Numbered document = step.document().orElseThrow();
        Turn turn = turns.computeIfAbsent(document.series(), series -> new Turn());
        turn.lock.lock();
        try {
            for (int i = 0; i < PaymentBook.MAX_TRIES; i++) {
                Optional<Attempt> attempt = attempt(step, document, turn);
                if (attempt.isPresent()) {
                    return attempt.get().written();
                }
            }
        } catch (RuntimeException e) {
            turn.last = UNKNOWN; // it may have been written
            throw e;
        } finally {
            turn.lock.unlock();
        }
        throw PaymentBook.tooManyRaces();
    }

    private record Attempt(Optional<Step> written) {}

    /** Empty: another number has to be tried. */
    private Optional<Attempt> attempt(Step step, Step.Numbered document, Turn turn) {
        DocumentSeries series = document.series();
        if (turn.last == UNKNOWN) {
            turn.last = DocumentItem.last(book.store().get(Keys.series(series)));
        }
        long place = Math.max(turn.last, turn.taken) + 1;
        Step full = document.complete(step, series.number(place));
        List<Write> writes = new ArrayList<>(book.writes(full));
        int counting = writes.size();
        writes.add(DocumentItem.advance(series, turn.last, place));
        writes.add(DocumentItem.given(series, place, step.seen().id(), document.refundId(), book.now()));
        TransactResult result = book.store().transact(writes);
        if (result.applied()) {
            turn.last = place;
            return Optional.of(new Attempt(Optional.of(full)));
        }
        result.failure(counting).ifPresent(failure -> turn.last = DocumentItem.last(failure.item()));
        if (result.failures().stream().map(Failure::index).anyMatch(index -> index < counting)) {
            return Optional.of(new Attempt(Optional.empty()));
        }
        if (result.failure(counting).isEmpty()) {
            passOver(series, place, turn, result.failure(counting + 1).flatMap(Failure::item));
        }
        return Optional.empty();
    }

    /** The series says that the number is free, and it is not: the item that counts was lost or set back. Never give it twice. */
    private static void passOver(DocumentSeries series, long place, Turn turn, Optional<Item> holder) {
        LOG.error("event=document_number_taken number={} payment={}; the series was set back, market:ledger --check tells more",
                series.number(place), holder.flatMap(item -> item.string("payment")).orElse(""));
        turn.taken = place;
    }
}

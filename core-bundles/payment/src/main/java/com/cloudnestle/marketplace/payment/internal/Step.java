package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.payment.internal.PaymentBook.Note;
import com.cloudnestle.marketplace.store.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * What is to become of a payment, with all that is written in the same transaction.
 *
 * @param seen the payment that the step was worked out from
 * @param after what is begun when it was written; the store has these tasks, too
 * @param document what gets a number in the same transaction
 */
record Step(StoredPayment seen, StoredPayment next, Note note, List<Write> writes, List<Task> after, Optional<Numbered> document) {

    /**
     * @param refundId what the document is of; empty: of the payment itself
     * @param completion gives the step with the number written in
     */
    record Numbered(DocumentSeries series, String refundId, BiFunction<Step, String, Step> completion) {
        Step complete(Step step, String number) {
            return completion.apply(step, number);
        }
    }

    Step {
        writes = List.copyOf(writes);
        after = List.copyOf(after);
    }

    Step(StoredPayment seen, StoredPayment next, Note note) {
        this(seen, next, note, List.of(), List.of(), Optional.empty());
    }

    static Note note(String kind, Cause cause, String... details) {
        Map<String, String> facts = new TreeMap<>();
        facts.put("source", cause.source());
        for (int i = 0; i + 1 < details.length; i += 2) {
            facts.put(details[i], details[i + 1]);
        }
        return new Note(kind, cause.actor(), facts);
    }

    Step with(List<Write> more) {
        List<Write> all = new ArrayList<>(writes);
        all.addAll(more);
        return new Step(seen, next, note, all, after, document);
    }

    /** The task is written with the step and begun afterwards. */
    Step then(Task task) {
        List<Task> all = new ArrayList<>(after);
        all.add(task);
        return new Step(seen, next, note, writes, all, document).with(List.of(Tasks.written(task)));
    }

    /** The same with an invoice of this series. */
    Step invoiced(DocumentSeries series) {
        return numbered(new Numbered(series, "", (step, number) -> new Step(step.seen, step.next.invoiced(number),
                step.note.and("invoice", number), step.writes, step.after, step.document)));
    }

    /** The same with a document; it is written once it has its number. */
    Step numbered(Numbered numbered) {
        return new Step(seen, next, note, writes, after, Optional.of(numbered));
    }

    Step noting(String detail, String value) {
        return new Step(seen, next, note.and(detail, value), writes, after, document);
    }
}

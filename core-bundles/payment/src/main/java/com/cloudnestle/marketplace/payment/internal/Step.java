package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.payment.internal.PaymentBook.Note;
import com.cloudnestle.marketplace.store.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is to become of a payment, with all that is written in the same transaction.
 *
 * @param seen the payment that the step was worked out from
 * @param after what is begun when it was written; the store has these tasks, too
 */
record Step(StoredPayment seen, StoredPayment next, Note note, List<Write> writes, List<Task> after) {

    Step {
        writes = List.copyOf(writes);
        after = List.copyOf(after);
    }

    Step(StoredPayment seen, StoredPayment next, Note note) {
        this(seen, next, note, List.of(), List.of());
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
        return new Step(seen, next, note, all, after);
    }

    /** The task is written with the step and begun afterwards. */
    Step then(Task task) {
        List<Task> all = new ArrayList<>(after);
        all.add(task);
        return new Step(seen, next, note, writes, all).with(List.of(Tasks.written(task)));
    }
}

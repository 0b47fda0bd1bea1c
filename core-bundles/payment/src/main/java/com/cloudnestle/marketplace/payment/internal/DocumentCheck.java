package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.payment.Payments.CreditNote;
import com.cloudnestle.marketplace.payment.RefundSnapshot;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Store;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Compares numbers that were given with what they are of: series without holes, each number leads to what names it, and all that was
 * sold since the first number has one. It is shown everything in any order while others go on writing, so what looks wrong in the end
 * is looked at once more. Not thread-safe.
 */
final class DocumentCheck {

    private static final int MOST_HOLES = 100;

    private final Store store;
    private final Map<DocumentSeries, Long> last = new HashMap<>();
    private final Map<DocumentSeries, BitSet> places = new HashMap<>();
    /** Number by where what it is of lies, as the numbers say and as the payments and refunds say. */
    private final Map<Key, String> given = new HashMap<>();
    private final Map<Key, String> named = new HashMap<>();
    /** When those were sold that have no number. */
    private final Map<Key, Long> unnumbered = new HashMap<>();
    private final List<Key> uncredited = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private long first = Long.MAX_VALUE;

    DocumentCheck(Store store) {
        this.store = store;
    }

    void see(Item item) {
        String kind = item.key().sk();
        if (kind.equals(DocumentItem.SERIES)) {
            last.put(new DocumentItem(item).series(), item.number(DocumentItem.LAST, 0));
        } else if (kind.equals(DocumentItem.DOCUMENT)) {
            document(new DocumentItem(item));
        } else if (kind.equals(Keys.PAYMENT)) {
            payment(new StoredPayment(item));
        } else if (kind.startsWith(Keys.REFUND)) {
            refund(new StoredRefund(item));
        }
    }

    private void document(DocumentItem document) {
        first = Math.min(first, document.at());
        places.computeIfAbsent(document.series(), series -> new BitSet()).set(Math.toIntExact(document.place()));
        String number = document.series().number(document.place());
        String other = given.put(document.subject(), number);
        if (other != null) {
            problems.add(document.paymentId() + " has two documents, " + other + " and " + number);
        }
    }

    private void payment(StoredPayment payment) {
        payment.invoice().ifPresent(number -> named.put(payment.item().key(), number));
        if (payment.invoice().isEmpty() && payment.booked().equals(StoredPayment.SALE)) {
            payment.paidAt().ifPresent(paid -> unnumbered.put(payment.item().key(), paid.toEpochMilli()));
        }
    }

    private void refund(StoredRefund refund) {
        Optional<String> number = refund.creditNote().map(CreditNote::number);
        number.ifPresent(text -> named.put(refund.item().key(), text));
        if (number.isEmpty() && refund.state() == RefundSnapshot.State.PROCESSED) {
            uncredited.add(refund.item().key());
        }
    }

    /** What does not fit, once all was seen. */
    List<String> problems() {
        Stream.concat(last.keySet().stream(), places.keySet().stream()).distinct().forEach(this::holes);
        given.forEach((subject, number) -> {
            if (!number.equals(named.get(subject)) && !numberAt(subject).equals(Optional.of(number))) {
                problems.add(number + " leads to " + subject.pk() + ", which does not name it");
            }
        });
        named.forEach((subject, number) -> {
            if (!number.equals(given.get(subject)) && !exists(number)) {
                problems.add(number + " is named by " + subject.pk() + " and was never given");
            }
        });
        unnumbered.forEach((payment, paid) -> {
            if (paid > first && numberAt(payment).isEmpty()) {
                problems.add(payment.pk() + " was sold without an invoice");
            }
        });
        uncredited.stream().filter(refund -> invoiced(refund) && numberAt(refund).isEmpty())
                .forEach(refund -> problems.add(refund.sk() + " of " + refund.pk() + " has no credit note"));
        return problems.stream().sorted().toList();
    }

    private void holes(DocumentSeries series) {
        BitSet used = places.getOrDefault(series, new BitSet());
        long at = last.getOrDefault(series, 0L);
        if (used.length() - 1 > at && used.length() - 1 > DocumentItem.last(store.get(Keys.series(series)))) {
            problems.add("the series " + series.prefix() + "/" + series.year() + " of " + series.seller() + " is at " + at
                    + " and has given " + series.number(used.length() - 1));
        }
        int found = 0;
        for (int place = used.nextClearBit(1); place <= Math.max(at, used.length() - 1) && found < MOST_HOLES;
                place = used.nextClearBit(place + 1)) {
            if (store.get(DocumentItem.key(series, place)).isEmpty()) {
                problems.add(series.number(place) + " of " + series.seller() + " is missing");
                found++;
            }
        }
    }

    private boolean exists(String number) {
        return Stream.concat(last.keySet().stream(), places.keySet().stream()).map(DocumentSeries::seller).distinct()
                .anyMatch(seller -> store.get(Keys.document(seller, number)).isPresent());
    }

    /** As the store has it now. */
    private Optional<String> numberAt(Key subject) {
        return store.get(subject).flatMap(item -> subject.sk().startsWith(Keys.REFUND)
                ? new StoredRefund(item).creditNote().map(CreditNote::number)
                : new StoredPayment(item).invoice());
    }

    private boolean invoiced(Key refund) {
        return store.get(new Key(refund.table(), refund.pk(), Keys.PAYMENT)).map(StoredPayment::new)
                .filter(payment -> payment.invoice().isPresent() && payment.booked().equals(StoredPayment.SALE)).isPresent();
    }
}

package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.payment.Payments.Event;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.StoreException;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Write;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Payments and what happened to them, in the store. */
final class PaymentBook {

    /** Every lost race means that somebody else got on, so this many in a row do not happen in earnest. */
    static final int MAX_TRIES = 1_000;

    private static final String AT = "at";
    private static final String KIND = "kind";
    private static final String ACTOR = "actor";
    private static final String DETAILS = "details";

    private final Store store;
    private final InstantSource clock;

    PaymentBook(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    Store store() {
        return store;
    }

    /** To the millisecond, as moments are stored. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    Optional<StoredPayment> find(String paymentId) {
        // What cannot be an id must not become a key that is too long, or none.
        return paymentId.matches("[A-Za-z0-9_-]{1,34}") ? store.get(Keys.payment(paymentId)).map(StoredPayment::new) : Optional.empty();
    }

    /** @throws MarketplaceException {@code payment-unknown} (404) */
    StoredPayment require(String paymentId) {
        return find(paymentId).orElseThrow(PaymentBook::unknown);
    }

    static MarketplaceException unknown() {
        return new MarketplaceException(Problem.PAYMENT_UNKNOWN, "There is no such payment.");
    }

    static StoreException tooManyRaces() {
        return new StoreException.Unavailable("Too many parallel changes; try again.");
    }

    /** Our key of what the provider knows under its own, if it is known. */
    Optional<String> idOf(String gateway, String account, String providerOrderId) {
        return store.get(Keys.order(gateway, account, providerOrderId)).flatMap(item -> item.string("payment"));
    }

    /** Whether the provider's key is another payment's: then it can never be this one's. */
    boolean leadsElsewhere(StoredPayment payment, String providerOrderId) {
        return idOf(payment.gateway(), payment.account(), providerOrderId).filter(id -> !id.equals(payment.id())).isPresent();
    }

    /** Makes the provider's key lead here, once and for this payment only. */
    static Write leads(StoredPayment payment, String providerOrderId) {
        Key key = Keys.order(payment.gateway(), payment.account(), providerOrderId);
        return new Write.Put(new Item(key, Map.of("payment", payment.id())),
                Condition.any(Condition.itemAbsent(), Condition.equal("payment", payment.id())));
    }

    /**
     * One step of a payment with all that goes with it: everything is written or nothing.
     *
     * @return whether it was; if not, somebody else got on with the payment
     */
    boolean commit(Step step) {
        return store.transact(writes(step)).applied();
    }

    /** All that the step writes. */
    List<Write> writes(Step step) {
        List<Write> writes = new ArrayList<>();
        writes.add(new Write.Put(step.next().item(), step.seen().unchanged()));
        writes.add(event(step.next(), step.note()));
        writes.addAll(step.writes());
        return writes;
    }

    /** @param details no secrets, no people */
    record Note(String kind, String actor, Map<String, String> details) {
        Note and(String detail, String value) {
            Map<String, String> more = new TreeMap<>(details);
            more.put(detail, value);
            return new Note(kind, actor, more);
        }
    }

    /** To be written with the step that it tells of. */
    Write event(StoredPayment next, Note note) {
        return new Write.Put(event(next.id(), now(), String.format(Locale.ROOT, "%08d", next.version()), note), Condition.NONE);
    }

    /** To be written with a step beside what it tells of itself. */
    Write event(StoredPayment payment, String which, Note note) {
        return new Write.Put(event(payment.id(), now(), which, note), Condition.NONE);
    }

    /** Tells of something that did not change the payment; the same twice is told once. */
    void tell(String paymentId, Instant at, String which, Note note) {
        store.put(event(paymentId, at, which, note), Condition.itemAbsent());
    }

    private static Item event(String paymentId, Instant at, String which, Note note) {
        return new Item(Keys.event(paymentId, at, which), Map.of(AT, at.toEpochMilli(), KIND, note.kind(), ACTOR, note.actor(),
                DETAILS, Texts.join(note.details())));
    }

    /** Oldest first. */
    List<Event> timeline(String paymentId) {
        return all(Keys.partition(paymentId), Keys.EVENT).stream()
                .map(item -> new Event(Instant.ofEpochMilli(item.number(AT).orElseThrow()), item.string(KIND).orElseThrow(),
                        item.string(ACTOR).orElseThrow(), Texts.map(item.string(DETAILS).orElse(""))))
                .toList();
    }

    /** Oldest first. */
    List<StoredRefund> refunds(String paymentId) {
        return all(Keys.partition(paymentId), Keys.REFUND).stream().map(StoredRefund::new)
                .sorted(Comparator.comparing(StoredRefund::createdAt)).toList();
    }

    private List<Item> all(String pk, String prefix) {
        List<Item> found = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page page = store.query(Table.PAYMENT_TRANSACTIONS, pk, prefix, false, Store.MAX_PAGE, cursor.orElse(null));
            found.addAll(page.items());
            cursor = page.cursor();
        } while (cursor.isPresent());
        return found;
    }
}

package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Write;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How a number that was given, and how far a series has come, lie in the store. */
record DocumentItem(Item item) {

    static final String DOCUMENT = "document";
    static final String SERIES = "series";
    /** Of a series: the last number that was given. */
    static final String LAST = "last";

    private static final String SELLER = "seller";
    private static final String PREFIX = "prefix";
    private static final String YEAR = "year";
    private static final String PLACE = "place";
    private static final String PAYMENT = "payment";
    private static final String REFUND = "refund";

    /** @param refundId empty: the document is of the payment itself */
    static Write given(DocumentSeries series, long place, String paymentId, String refundId, Instant at) {
        Map<String, Object> attributes = new HashMap<>(facts(series));
        attributes.put(PLACE, place);
        attributes.put("number", series.number(place));
        attributes.put(PAYMENT, paymentId);
        attributes.put("at", at.toEpochMilli());
        if (!refundId.isEmpty()) {
            attributes.put(REFUND, refundId);
        }
        return new Write.Put(new Item(key(series, place), attributes), Condition.itemAbsent());
    }

    static Key key(DocumentSeries series, long place) {
        return Keys.document(series.seller(), series.number(place));
    }

    /** @param before what the series was at, 0: it has no item yet */
    static Write advance(DocumentSeries series, long before, long to) {
        Map<String, Object> attributes = new HashMap<>(facts(series));
        attributes.put(LAST, to);
        return new Write.Put(new Item(Keys.series(series), attributes),
                before == 0 ? Condition.itemAbsent() : Condition.equal(LAST, before));
    }

    static long last(Optional<Item> series) {
        return series.map(item -> item.number(LAST, 0)).orElse(0L);
    }

    DocumentSeries series() {
        return new DocumentSeries(text(SELLER), text(PREFIX), text(YEAR));
    }

    long place() {
        return item.number(PLACE).orElseThrow(() -> new IllegalStateException("a document lacks " + PLACE));
    }

    String paymentId() {
        return text(PAYMENT);
    }

    /** Where that lies which it is of. */
    Key subject() {
        return item.string(REFUND).map(refund -> Keys.refund(paymentId(), refund)).orElseGet(() -> Keys.payment(paymentId()));
    }

    /** When it was issued. */
    long at() {
        return item.number("at", Long.MAX_VALUE);
    }

    private static Map<String, Object> facts(DocumentSeries series) {
        return Map.of(SELLER, series.seller(), PREFIX, series.prefix(), YEAR, series.year());
    }

    private String text(String attribute) {
        return item.string(attribute).orElseThrow(() -> new IllegalStateException("a document lacks " + attribute));
    }
}

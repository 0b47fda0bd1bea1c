package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Table;
import java.time.Instant;
import java.util.Locale;

/** Where everything about payments lies. */
final class Keys {

    static final String EVENT = "event#";
    static final String REFUND = "refund#";
    static final String PAYMENT = "payment";
    /** A customer's payments, newest first. */
    static final String LISTED = "payment#";
    /** What a customer has by payments. */
    static final String OWNED = "owned#";
    /** Index of all payments, newest first. */
    static final String ALL = "payments";

    private static final long FAR = 9_999_999_999_999L;

    private Keys() {}

    static String partition(String paymentId) {
        return "payment#" + paymentId;
    }

    static Key payment(String paymentId) {
        return in(partition(paymentId), PAYMENT);
    }

    /** Put once in the life of a payment: by whoever grants. */
    static Key grant(String paymentId) {
        return in(partition(paymentId), "grant");
    }

    static Key event(String paymentId, Instant at, String which) {
        return in(partition(paymentId), EVENT + String.format(Locale.ROOT, "%013d#%s", at.toEpochMilli(), which));
    }

    static Key refund(String paymentId, String refundId) {
        return in(partition(paymentId), REFUND + refundId);
    }

    static Key refundKey(String paymentId, String idempotencyKey) {
        return in(partition(paymentId), "key#" + Ids.digest(idempotencyKey));
    }

    /** Leads from a refund to its payment. */
    static Key refundPlace(String refundId) {
        return in("refund#" + refundId, "refund");
    }

    /** How far a series of numbers has come. */
    static Key series(DocumentSeries series) {
        return in("series#" + series.seller() + "#" + series.prefix() + "/" + series.year(), DocumentItem.SERIES);
    }

    /** Put once for each number of a seller's documents. */
    static Key document(String seller, String number) {
        return in("document#" + seller + "#" + number, DocumentItem.DOCUMENT);
    }

    /** Leads from the provider's key of a payment to ours. */
    static Key order(String gateway, String account, String providerOrderId) {
        return in("order#" + Ids.digest(gateway, account, providerOrderId), "order");
    }

    static String customer(String customerId) {
        return "customer#" + customerId;
    }

    static Key listed(String customerId, Instant createdAt, String paymentId) {
        return in(customer(customerId), LISTED + newestFirst(createdAt, paymentId));
    }

    /** The payment that was begun last for this, whatever became of it. */
    static Key begun(String customerId, String solutionId, String tier) {
        return in(customer(customerId), "begun#" + solutionId + "#" + tier);
    }

    /** The payment by which the customer has the solution's tier. */
    static Key owned(String customerId, String solutionId) {
        return in(customer(customerId), OWNED + solutionId);
    }

    static Key idempotency(String customerId, String key) {
        return in("key#" + Ids.digest(customerId, key), "key");
    }

    static Key webhook(String gateway, String account, String duplicateKey) {
        return in("webhook#" + Ids.digest(gateway, account, duplicateKey), "webhook");
    }

    /** Sorts later moments first, for the next two and a half centuries. */
    static String newestFirst(Instant at, String id) {
        return String.format(Locale.ROOT, "%013d#%s", FAR - at.toEpochMilli(), id);
    }

    private static Key in(String pk, String sk) {
        return new Key(Table.PAYMENT_TRANSACTIONS, pk, sk);
    }
}

package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.Payments.PaymentPage;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lists payments, newest first. A customer's are all there are; those of all come from an index and may lag by a moment. */
final class Searches {

    private static final int MAX_LIMIT = 100;
    /** See {@link DocumentSeries#number}: ids have no stroke. */
    private static final Pattern NUMBER = Pattern.compile("[A-Z0-9]{1,7}(/[0-9-]{4,5})?/[0-9]{6,9}");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,100}");

    private final PaymentBook book;

    private final DocumentRules documents;

    Searches(PaymentBook book, DocumentRules documents) {
        this.book = book;
        this.documents = documents;
    }

    /**
     * @param idOrNumber of the payment, or of an invoice or credit note of it that the present seller issued
     * @throws MarketplaceException {@code payment-unknown} (404)
     */
    StoredPayment require(String idOrNumber) {
        String number = idOrNumber.strip().toUpperCase(Locale.ROOT);
        return NUMBER.matcher(number).matches()
                ? book.store().get(Keys.document(documents.seller(), number)).map(item -> new DocumentItem(item).paymentId())
                        .flatMap(book::find).orElseThrow(PaymentBook::unknown)
                : book.require(idOrNumber);
    }

    PaymentPage ofCustomer(String customerId, Payment.@Nullable State state, int limit, @Nullable String cursor) {
        check(limit);
        if (!ID.matcher(customerId).matches()) {
            return new PaymentPage(List.of(), Optional.empty()); // nobody has it, and it need not even fit into a key
        }
        List<Payment> found = new ArrayList<>();
        Optional<String> from = Optional.ofNullable(cursor);
        do {
            Page page = page(from.orElse(null), at ->
                    book.store().query(Table.PAYMENT_TRANSACTIONS, Keys.customer(customerId), Keys.LISTED, false, limit - found.size(), at));
            listed(page).filter(payment -> state == null || payment.state() == state).forEach(found::add);
            from = page.cursor();
        } while (found.size() < limit && from.isPresent());
        return new PaymentPage(found, from);
    }

    PaymentPage ofAll(Payment.@Nullable State state, int limit, @Nullable String cursor) {
        check(limit);
        if (state == null) {
            Page page = page(cursor, at -> book.store().index(Table.PAYMENT_TRANSACTIONS, Keys.ALL, "", limit, at));
            return new PaymentPage(listed(page).toList(), page.cursor());
        }
        Page page = page(cursor, at ->
                book.store().index(Table.PAYMENT_TRANSACTIONS, PaymentItems.inState(state), "", limit, at));
        return new PaymentPage(page.items().stream().map(item -> new StoredPayment(item).view()).toList(), page.cursor());
    }

    private Stream<Payment> listed(Page page) {
        return page.items().stream().map((Item item) -> item.string("payment").orElse("")).flatMap(id -> book.find(id).stream())
                .map(StoredPayment::view);
    }

    private interface Reading {
        Page from(@Nullable String cursor);
    }

    private static Page page(@Nullable String cursor, Reading reading) {
        try {
            return reading.from(cursor);
        } catch (IllegalArgumentException e) {
            if (cursor == null) {
                throw e;
            }
            throw MarketplaceException.invalid("cursor", "is not one that was given out"); // only it comes from outside
        }
    }

    private static void check(int limit) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw MarketplaceException.invalid("limit", "must be 1 to " + MAX_LIMIT);
        }
    }
}

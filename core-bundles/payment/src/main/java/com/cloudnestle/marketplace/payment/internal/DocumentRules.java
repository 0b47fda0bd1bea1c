package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.payment.GatewayCapabilities;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/**
 * Which series a document belongs to. In India the year is that of the tax, from 1 April, by the clocks of India; elsewhere that of
 * the calendar, by UTC. Payments that moved no money have series of their own, so that a trial leaves no trace in the seller's.
 *
 * @param seller the seller's GSTIN, or country and state: each has series of its own
 * @param zone whose days the years are made of
 * @param indian whether years are those of the tax in India
 */
record DocumentRules(String seller, ZoneId zone, boolean indian, String invoicePrefix, String creditNotePrefix) {

    static final String INVOICES = "INV";
    static final String CREDIT_NOTES = "CRN";

    private static final String TEST_INVOICES = "TST";
    private static final String TEST_CREDIT_NOTES = "TCR";

    /** Of a seller of whom nothing is known. */
    static final DocumentRules PLAIN = new DocumentRules("seller", ZoneOffset.UTC, false, INVOICES, CREDIT_NOTES);

    enum Kind {
        INVOICE,
        CREDIT_NOTE
    }

    DocumentRules {
        requirePrefix("invoice.prefix", invoicePrefix);
        requirePrefix("credit.note.prefix", creditNotePrefix);
        if (invoicePrefix.equals(creditNotePrefix)) {
            throw new IllegalArgumentException("invoice.prefix and credit.note.prefix must differ, both were " + invoicePrefix);
        }
    }

    private static void requirePrefix(String key, String prefix) {
        if (!prefix.matches("[A-Z0-9]{1,3}")) {
            throw new IllegalArgumentException(key + " must have 1 to 3 of A-Z and 0-9, was '" + prefix + "'");
        }
        if (List.of(TEST_INVOICES, TEST_CREDIT_NOTES).contains(prefix)) {
            throw new IllegalArgumentException(key + " must not be " + prefix + ", which is that of payments that move no money");
        }
    }

    /** @param gstin may be empty */
    static DocumentRules of(TaxRules taxes, String gstin, String invoicePrefix, String creditNotePrefix) {
        String place = taxes.state().isEmpty() ? taxes.country() : taxes.country() + "-" + taxes.state();
        String seller = gstin.isEmpty() ? place.isEmpty() ? PLAIN.seller : place : gstin;
        return new DocumentRules(seller, taxes.zone(), taxes.country().equals(IndianStates.COUNTRY),
                invoicePrefix.strip().toUpperCase(Locale.ROOT), creditNotePrefix.strip().toUpperCase(Locale.ROOT));
    }

    /** @param at when the document is issued */
    DocumentSeries series(Kind kind, StoredPayment payment, Instant at) {
        boolean test = test(payment);
        String prefix = switch (kind) {
            case INVOICE -> test ? TEST_INVOICES : invoicePrefix;
            case CREDIT_NOTE -> test ? TEST_CREDIT_NOTES : creditNotePrefix;
        };
        return new DocumentSeries(seller, prefix, year(at));
    }

    /** Whether no money was moved. */
    static boolean test(StoredPayment payment) {
        return payment.item().string("mode").filter(GatewayCapabilities.Mode.TEST.name()::equals).isPresent();
    }

    private String year(Instant at) {
        LocalDate day = LocalDate.ofInstant(at, zone);
        if (!indian) {
            return String.format(Locale.ROOT, "%04d", day.getYear());
        }
        int began = day.getMonth().compareTo(Month.APRIL) >= 0 ? day.getYear() : day.getYear() - 1;
        return String.format(Locale.ROOT, "%02d-%02d", began % 100, (began + 1) % 100);
    }
}

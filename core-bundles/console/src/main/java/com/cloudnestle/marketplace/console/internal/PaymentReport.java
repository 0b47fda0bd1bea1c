package com.cloudnestle.marketplace.console.internal;

import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.Payments.CreditNote;
import com.cloudnestle.marketplace.payment.Payments.PaymentDetail;
import com.cloudnestle.marketplace.payment.Payments.Refund;
import com.cloudnestle.marketplace.payment.Quote;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A payment as operators look at it.
 *
 * @param advice what a person has to do; empty: nothing
 */
record PaymentReport(PaymentsCommand.Line payment, String account, @Nullable String providerOrderId, @Nullable String paidAt,
        String method, String price, @Nullable Credit credit, String net, List<Tax> taxes, @Nullable String startsAt,
        @Nullable Term term, String refunded, List<Happened> timeline, List<Back> refunds, String advice) {

    record Credit(String paymentId, String tier, String amount, int unusedDays, int termDays) {}

    /** @param rate in percent */
    record Tax(String name, String rate, String amount) {
        static List<Tax> of(List<Quote.TaxLine> lines) {
            return lines.stream().map(line -> new Tax(line.name(),
                    BigDecimal.valueOf(line.basisPoints(), 2).stripTrailingZeros().toPlainString(), line.amount().toString())).toList();
        }
    }

    record Term(String from, String until) {}

    record Happened(String at, String kind, String actor, Map<String, String> details) {}

    record Back(String id, String amount, String state, String reason, String actor, String at, @Nullable Note creditNote) {
        static Back of(Refund refund) {
            return new Back(refund.id(), refund.amount().toString(), refund.state().name().toLowerCase(Locale.ROOT), refund.reason(),
                    refund.actor(), refund.createdAt().toString(), refund.creditNote().map(Note::of).orElse(null));
        }
    }

    record Note(String number, String invoiceNumber, String issuedAt, String net, List<Tax> taxes, String total) {
        static Note of(CreditNote note) {
            return new Note(note.number(), note.invoiceNumber(), note.issuedAt().toString(), note.net().toString(), Tax.of(note.taxes()),
                    note.total().toString());
        }
    }

    static PaymentReport of(PaymentDetail detail) {
        Payment payment = detail.payment();
        Quote quote = payment.quote();
        return new PaymentReport(PaymentsCommand.Line.of(payment), payment.account(), payment.providerOrderId().orElse(null),
                payment.paidAt().map(Object::toString).orElse(null), payment.method(), quote.price().toString(),
                quote.credit().map(left -> new Credit(left.paymentId(), left.tier(), left.amount().toString(), left.unusedDays(),
                        left.termDays())).orElse(null),
                quote.net().toString(), Tax.of(quote.taxes()), quote.startsAt().map(Object::toString).orElse(null),
                payment.term().map(term -> new Term(term.from().toString(), term.until().toString())).orElse(null),
                payment.refunded().toString(),
                detail.timeline().stream().map(event -> new Happened(event.at().toString(), event.kind(), event.actor(),
                        new TreeMap<>(event.details()))).toList(),
                detail.refunds().stream().map(Back::of).toList(), advice(payment));
    }

    private static String advice(Payment payment) {
        if (payment.state() != Payment.State.HELD) {
            return "";
        }
        return switch (payment.failure()) {
            case "amount", "currency" -> "another sum came than was asked for: decide, and give it back with market:refund " + payment.id();
            case "account", "order", "payment", "mismatch" -> "the provider speaks of something else, nothing is booked: look there, mend the"
                    + " cause, then market:payment " + payment.id() + " --reconcile";
            default -> "the money goes back by itself; if that fails the log has event=refund_failed";
        };
    }

    void show(Screen screen) {
        screen.line(payment.id() + " is " + payment.state() + (payment.failure().isEmpty() ? "" : " (" + payment.failure() + ")") + ": "
                + payment.total() + " by " + payment.gateway() + " for " + payment.solutionId() + " " + payment.tier() + " of "
                + payment.customerId());
        if (!advice.isEmpty()) {
            screen.line("To do: " + advice);
        }
        screen.line("At the provider: " + (providerOrderId == null ? "no order known" : "order " + providerOrderId) + ", account " + account
                + (paidAt == null ? "" : "; paid " + paidAt + (method.isEmpty() ? "" : " by " + method)));
        screen.line(sums());
        if (term != null) {
            screen.line("Paid for from " + term.from() + " until " + term.until());
        } else if (startsAt != null) {
            screen.line("A renewal, from " + startsAt);
        }
        if (payment.invoiceNumber() != null) {
            screen.line("Invoice " + payment.invoiceNumber());
        }
        screen.table(List.of("When", "What", "Who", "Details"), timeline.stream()
                .map(event -> List.of(event.at(), event.kind(), event.actor(), details(event.details()))).toList());
        if (!refunds.isEmpty()) {
            screen.table(List.of("Refund", "Amount", "State", "Reason", "Who", "When", "Credit note"), refunds.stream()
                    .map(back -> List.of(back.id(), back.amount(), back.state(), back.reason(), back.actor(), back.at(),
                            back.creditNote() == null ? "" : back.creditNote().number())).toList());
        }
        List<Note> notes = new ArrayList<>();
        refunds.forEach(back -> {
            if (back.creditNote() != null) {
                notes.add(back.creditNote());
            }
        });
        if (!notes.isEmpty()) {
            screen.table(List.of("Credit note", "Invoice", "Issued", "Net", "Taxes", "Total"), notes.stream()
                    .map(note -> List.of(note.number(), note.invoiceNumber(), note.issuedAt(), note.net(), taxes(note.taxes()),
                            note.total())).toList());
        }
    }

    private String sums() {
        String less = credit == null ? "" : ", less " + credit.amount() + " for " + credit.unusedDays() + " of " + credit.termDays()
                + " days of " + credit.tier() + " (" + credit.paymentId() + ")";
        return "Price " + price + less + "; net " + net + (taxes.isEmpty() ? ", no tax" : ", " + taxes(taxes)) + "; given back " + refunded;
    }

    private static String taxes(List<Tax> taxes) {
        return taxes.stream().map(tax -> tax.name() + " " + tax.rate() + " % " + tax.amount()).collect(Collectors.joining(", "));
    }

    private static String details(Map<String, String> details) {
        return details.entrySet().stream().map(each -> each.getKey() + "=" + each.getValue()).collect(Collectors.joining(" "));
    }
}

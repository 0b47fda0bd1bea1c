package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.ledger.LedgerTransaction;
import com.cloudnestle.marketplace.ledger.LedgerTransaction.Posting;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.PaymentSnapshot;
import com.cloudnestle.marketplace.payment.Quote.TaxLine;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What is booked of payments. Money at a provider is an asset of ours; a sale earns the net price and owes the taxes; what came and
 * does not fit is owed to who paid. Shares of partners will be {@code expenses:commission:<partner>} against
 * {@code liabilities:partner:<partner>}.
 */
final class Bookings {

    private Bookings() {}

    static String payment(String paymentId) {
        return "payment:" + paymentId;
    }

    static String refund(String refundId) {
        return "refund:" + refundId;
    }

    static String fee(String paymentId) {
        return "fee:" + paymentId;
    }

    /** What was asked for came, and the provider keeps its fee. */
    static LedgerTransaction sale(StoredPayment payment, Instant at) {
        List<Posting> postings = new ArrayList<>();
        postings.add(new Posting(clearing(payment), payment.total()));
        postings.add(new Posting(sales(payment), payment.quote().net().negated()));
        for (TaxLine tax : payment.quote().taxes()) {
            add(postings, tax(tax), tax.amount().negated());
        }
        return new LedgerTransaction(payment(payment.id()), at, "sale", postings, facts(payment));
    }

    /** Money came that is not ours to keep. */
    static LedgerTransaction unallocated(StoredPayment payment, Money received, Instant at) {
        return new LedgerTransaction(payment(payment.id()), at, "unallocated", List.of(
                new Posting(clearing(payment), received), new Posting(unallocated(payment), received.negated())), facts(payment));
    }

    /** Empty if the provider keeps nothing, or does not say it in the currency of the payment. */
    static Optional<LedgerTransaction> fee(StoredPayment payment, PaymentSnapshot snapshot, Instant at) {
        return snapshot.fee().filter(fee -> !fee.isZero() && !fee.isNegative()).map(fee -> new LedgerTransaction(
                fee(payment.id()), at, "fee", List.of(
                new Posting("expenses:gateway-fees:" + segment(payment.gateway()), fee),
                new Posting(clearing(payment), fee.negated())), facts(payment)));
    }

    /** @param payment as it was before this refund */
    static LedgerTransaction refund(StoredPayment payment, StoredRefund refund, Instant at) {
        List<Posting> postings = new ArrayList<>();
        if (payment.booked().equals(StoredPayment.SALE)) {
            Split split = split(payment, refund.amount());
            split.taxes().forEach(tax -> add(postings, tax(tax), tax.amount()));
            add(postings, sales(payment), split.net());
        } else {
            postings.add(new Posting(unallocated(payment), refund.amount()));
        }
        postings.add(new Posting(clearing(payment), refund.amount().negated()));
        return new LedgerTransaction(refund(refund.id()), at, "refund", postings, facts(payment));
    }

    /** What a refund of a sale is made of. */
    record Split(Money net, List<TaxLine> taxes) {}

    /**
     * Each tax goes back in proportion, in such a way that all parts together give back exactly what was taken, however many they are.
     *
     * @param payment as it was before this refund
     */
    static Split split(StoredPayment payment, Money amount) {
        Money before = payment.refunded();
        Money after = before.plus(amount);
        Money net = amount;
        List<TaxLine> taxes = new ArrayList<>();
        for (TaxLine tax : payment.quote().taxes()) {
            Money part = share(tax.amount(), after, payment.total()).minus(share(tax.amount(), before, payment.total()));
            taxes.add(new TaxLine(tax.name(), tax.basisPoints(), part));
            net = net.minus(part);
        }
        return new Split(net, taxes);
    }

    /** {@code whole * of / all}, half up. */
    static Money share(Money whole, Money of, Money all) {
        BigInteger twice = BigInteger.valueOf(whole.minor()).multiply(BigInteger.valueOf(of.minor())).shiftLeft(1);
        BigInteger total = BigInteger.valueOf(all.minor());
        return new Money(twice.add(total).divide(total.shiftLeft(1)).longValueExact(), whole.currency());
    }

    private static void add(List<Posting> postings, String account, Money amount) {
        if (!amount.isZero()) {
            postings.add(new Posting(account, amount));
        }
    }

    private static String clearing(StoredPayment payment) {
        return "assets:gateway:" + segment(payment.gateway()) + ":" + segment(payment.account());
    }

    private static String unallocated(StoredPayment payment) {
        return "liabilities:unallocated:" + segment(payment.gateway()) + ":" + segment(payment.account());
    }

    private static String sales(StoredPayment payment) {
        return "income:sales:" + segment(payment.solutionId());
    }

    private static String tax(TaxLine line) {
        return "liabilities:tax:" + segment(line.name().toLowerCase(Locale.ROOT));
    }

    private static Map<String, String> facts(StoredPayment payment) {
        return Map.of("payment", payment.id(), "solution", payment.solutionId(), "tier", payment.tier(), "mode",
                payment.item().string("mode").orElse(""));
    }

    /** Names from outside may have signs that names of accounts have not. */
    private static String segment(String name) {
        String clean = name.replaceAll("[^A-Za-z0-9_.-]", "_");
        return clean.isEmpty() ? "none" : clean.substring(0, Math.min(80, clean.length()));
    }
}

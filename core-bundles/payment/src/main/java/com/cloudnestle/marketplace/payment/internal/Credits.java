package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.Quote.TaxLine;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** What is left of what was paid, for somebody who goes on to a dearer tier. Sums are without tax unless said otherwise. */
final class Credits {

    private Credits() {}

    /**
     * What one payment adds to a credit.
     *
     * @param minor of the credit
     * @param spentMinor what had left the payment, with tax, when the credit was worked out; if more has since, the credit is gone
     */
    record Share(String payment, long minor, long spentMinor) {

        static Share of(StoredPayment payment, Money amount) {
            return new Share(payment.id(), amount.minor(), spent(payment).minor());
        }
    }

    static String join(List<Share> shares) {
        List<String> texts = new ArrayList<>();
        for (Share share : shares) {
            texts.add(share.payment());
            texts.add(Long.toString(share.minor()));
            texts.add(Long.toString(share.spentMinor()));
        }
        return Texts.join(texts);
    }

    static List<Share> split(String joined) {
        List<String> texts = Texts.split(joined);
        List<Share> shares = new ArrayList<>();
        for (int i = 0; i + 2 < texts.size(); i += 3) {
            shares.add(new Share(texts.get(i), Long.parseLong(texts.get(i + 1)), Long.parseLong(texts.get(i + 2))));
        }
        return shares;
    }

    /** What went back or into another payment, with tax. */
    static Money spent(StoredPayment payment) {
        return payment.reserved().plus(payment.credited());
    }

    /**
     * What the term of a payment is worth as a whole: what was paid, with what it had as credit itself, less what left it since.
     * Nothing once all that was paid is on its way back: the credit that it had is about to be free again.
     */
    static Money value(StoredPayment payment) {
        if (spent(payment).compareTo(payment.total()) >= 0) {
            return Money.zero(payment.total().currency());
        }
        Money value = payment.quote().price().minus(net(payment, spent(payment)));
        return value.isNegative() ? Money.zero(value.currency()) : value;
    }

    /** The part of the days, rounded down. */
    static Money of(Money value, int days, int all) {
        return new Money(BigInteger.valueOf(value.minor()).multiply(BigInteger.valueOf(days)).divide(BigInteger.valueOf(all))
                .longValueExact(), value.currency());
    }

    /**
     * What the payment can no longer give back once this much of it is in another payment, with tax. Not more than is left of it: the
     * rest of the credit is in payments before it, which have it locked.
     */
    static Money locked(StoredPayment payment, Money credit) {
        Money left = payment.total().minus(spent(payment));
        Money net = payment.quote().net();
        if (credit.compareTo(net) >= 0) {
            return left;
        }
        Money gross = Bookings.share(payment.total(), credit, net);
        return gross.compareTo(left) > 0 ? left : gross;
    }

    private static Money net(StoredPayment payment, Money gross) {
        Money net = gross;
        for (TaxLine tax : payment.quote().taxes()) {
            net = net.minus(Bookings.share(tax.amount(), gross, payment.total()));
        }
        return net;
    }
}

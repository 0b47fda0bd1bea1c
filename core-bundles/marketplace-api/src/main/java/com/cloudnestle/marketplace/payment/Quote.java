package com.cloudnestle.marketplace.payment;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What something costs, to the minor unit.
 *
 * @param solutionId the solution
 * @param tier the tier that is bought
 * @param period {@code month}, {@code year} or {@code once}
 * @param net what is taxed: the price without tax, less the credit
 * @param taxes lines in the order they are shown; may be empty
 * @param total what is charged: net and all taxes
 * @param credit for what is left of a lower tier that ends with this; empty: none
 * @param startsAt when a renewal begins: the end of what is paid for already; empty: at once when it is paid
 */
public record Quote(String solutionId, String tier, String period, Money net, List<TaxLine> taxes, Money total,
        Optional<Credit> credit, Optional<Instant> startsAt) {

    /** Of somebody who has nothing of the solution yet. */
    public Quote(String solutionId, String tier, String period, Money net, List<TaxLine> taxes, Money total) {
        this(solutionId, tier, period, net, taxes, total, Optional.empty(), Optional.empty());
    }

    public Quote {
        Objects.requireNonNull(solutionId);
        Objects.requireNonNull(tier);
        Objects.requireNonNull(period);
        Objects.requireNonNull(credit);
        Objects.requireNonNull(startsAt);
        taxes = List.copyOf(taxes);
        Money sum = net;
        for (TaxLine tax : taxes) {
            sum = sum.plus(tax.amount());
        }
        if (!sum.equals(total)) {
            throw new IllegalArgumentException("net " + net + " and taxes do not make " + total);
        }
    }

    /** The price without tax and without credit. */
    public Money price() {
        return credit.map(left -> net.plus(left.amount())).orElse(net);
    }

    /**
     * The part of an earlier payment that was not used up, in whole days.
     *
     * @param paymentId the payment that paid for the days
     * @param tier what it bought
     * @param amount without tax, more than 0
     * @param unusedDays 1 to {@code termDays}
     * @param termDays days of the term that it paid for
     */
    public record Credit(String paymentId, String tier, Money amount, int unusedDays, int termDays) {
        public Credit {
            Objects.requireNonNull(paymentId);
            Objects.requireNonNull(tier);
            if (amount.minor() < 1 || unusedDays < 1 || unusedDays > termDays) {
                throw new IllegalArgumentException("a credit of " + amount + " for " + unusedDays + " of " + termDays + " days");
            }
        }
    }

    /**
     * @param name e.g. {@code IGST}
     * @param basisPoints the rate in hundredths of a percent: 1800 is 18 %
     */
    public record TaxLine(String name, int basisPoints, Money amount) {
        public TaxLine {
            Objects.requireNonNull(name);
            Objects.requireNonNull(amount);
        }
    }
}

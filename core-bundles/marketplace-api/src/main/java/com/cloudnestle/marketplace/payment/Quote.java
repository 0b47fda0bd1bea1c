package com.cloudnestle.marketplace.payment;

import java.util.List;
import java.util.Objects;

/**
 * What something costs, to the minor unit.
 *
 * @param solutionId the solution
 * @param tier the tier that is bought
 * @param period {@code month}, {@code year} or {@code once}
 * @param net price without tax
 * @param taxes lines in the order they are shown; may be empty
 * @param total what is charged: net and all taxes
 */
public record Quote(String solutionId, String tier, String period, Money net, List<TaxLine> taxes, Money total) {

    public Quote {
        Objects.requireNonNull(solutionId);
        Objects.requireNonNull(tier);
        Objects.requireNonNull(period);
        taxes = List.copyOf(taxes);
        Money sum = net;
        for (TaxLine tax : taxes) {
            sum = sum.plus(tax.amount());
        }
        if (!sum.equals(total)) {
            throw new IllegalArgumentException("net " + net + " and taxes do not make " + total);
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

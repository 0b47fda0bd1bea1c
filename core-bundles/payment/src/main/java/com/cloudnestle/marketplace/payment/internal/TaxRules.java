package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.payment.Buyer;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.Quote.TaxLine;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which taxes a sale has, by where seller and buyer are and the rates of the day. India: CGST and SGST (UTGST in union territories
 * without a legislature) within one state, else IGST; the place of supply is the state of the buyer's registration, else of the
 * buyer's address. Sales to other countries have none, unless the seller pays tax on exports; those of a seller in India that are paid
 * in rupees are no exports in the eyes of the law, whatever country the buyer says, unless the seller may take rupees for exports.
 *
 * @param country of the seller; empty: no tax is ever added
 * @param state of the seller, two digits, for India only
 * @param exportsUntaxed whether sales abroad are without tax (in India: under a letter of undertaking)
 * @param exportsInRupees whether that is also so for what is paid in rupees
 */
record TaxRules(String country, String state, List<TaxRate> rates, boolean exportsUntaxed, boolean exportsInRupees) {

    private static final ZoneId INDIA = ZoneId.of("Asia/Kolkata");
    private static final String RUPEES = "INR";
    private static final BigDecimal WHOLE = BigDecimal.valueOf(10_000);

    static final TaxRules NONE = new TaxRules("", "", List.of(), true, false);

    TaxRules {
        rates = List.copyOf(rates);
        if (country.isEmpty() && !rates.isEmpty()) {
            throw new IllegalArgumentException("tax.rates need to know the seller.country");
        }
        if (country.equals(IndianStates.COUNTRY) && !rates.isEmpty() && !IndianStates.known(state)) {
            throw new IllegalArgumentException("seller.state must be the two digits of a state of India, e.g. 29");
        }
    }

    /**
     * Rupees are not taken for exports.
     *
     * @param gstin of the seller, may be empty; says its state
     */
    static TaxRules of(String country, String state, String gstin, List<TaxRate> rates, boolean exportsUntaxed) {
        if (gstin.isEmpty()) {
            return new TaxRules(country, state, rates, exportsUntaxed, false);
        }
        if (!country.equals(IndianStates.COUNTRY) || !Gstin.valid(gstin)) {
            throw new IllegalArgumentException("seller.gstin must be a GSTIN with the right check digit, of a seller in IN");
        }
        if (!state.isEmpty() && !state.equals(Gstin.state(gstin))) {
            throw new IllegalArgumentException("seller.gstin is not one of the seller.state");
        }
        return new TaxRules(country, Gstin.state(gstin), rates, exportsUntaxed, false);
    }

    /** The same for a seller who may take rupees for exports. */
    TaxRules exportingForRupees() {
        return new TaxRules(country, state, rates, exportsUntaxed, true);
    }

    /**
     * The lines, in the order they are shown.
     *
     * @throws MarketplaceException {@code invalid-field} (422) if the buyer's state or tax id is needed or cannot be
     */
    List<TaxLine> on(Money net, Buyer buyer, Instant at) {
        requireSound(buyer);
        Optional<TaxRate> rate = rate(at);
        if (rate.isEmpty() || rate.get().basisPoints() == 0) {
            return List.of();
        }
        boolean abroad = !buyer.country().equals(country);
        boolean export = abroad && !paidAsAtHome(net);
        if (export && exportsUntaxed) {
            return List.of();
        }
        if (!rate.get().splits()) {
            return export ? List.of() : List.of(line(rate.get().name(), rate.get().basisPoints(), net));
        }
        return india(net, abroad, buyer, rate.get().basisPoints());
    }

    /** The country is what the buyer says it is, and nobody checks it: who pays in rupees pays as people in India do. */
    private boolean paidAsAtHome(Money net) {
        return country.equals(IndianStates.COUNTRY) && net.currency().equals(RUPEES) && !exportsInRupees;
    }

    private List<TaxLine> india(Money net, boolean abroad, Buyer buyer, int basisPoints) {
        String place = abroad ? "" : placeOfSupply(buyer);
        if (!place.equals(state)) {
            return List.of(line("IGST", basisPoints, net));
        }
        String half = IndianStates.withoutLegislature(place) ? "UTGST" : "SGST";
        return List.of(line("CGST", basisPoints / 2, net), line(half, basisPoints / 2, net));
    }

    private static String placeOfSupply(Buyer buyer) {
        if (!buyer.taxId().isEmpty()) {
            return Gstin.state(buyer.taxId());
        }
        if (buyer.region().isEmpty()) {
            throw MarketplaceException.invalid("buyer.region", "must be the two digits of the buyer's state, e.g. 29: tax depends on it");
        }
        return buyer.region();
    }

    private static void requireSound(Buyer buyer) {
        if (!buyer.country().equals(IndianStates.COUNTRY)) {
            if (Gstin.valid(buyer.taxId())) { // nobody says in the same breath that he is taxed in India and that he is abroad
                throw MarketplaceException.invalid("buyer.country", "must be IN where buyer.tax_id is a GSTIN");
            }
            return;
        }
        if (!buyer.region().isEmpty() && !IndianStates.known(buyer.region())) {
            throw MarketplaceException.invalid("buyer.region", "must be the two digits of a state of India, e.g. 29");
        }
        if (!buyer.taxId().isEmpty() && !Gstin.valid(buyer.taxId())) {
            throw MarketplaceException.invalid("buyer.tax_id", "is not a GSTIN; most often a character is mistyped");
        }
        if (!buyer.taxId().isEmpty() && !buyer.region().isEmpty() && !buyer.region().equals(Gstin.state(buyer.taxId()))) {
            throw MarketplaceException.invalid("buyer.region", "is not the state in which buyer.tax_id is registered");
        }
    }

    /** Where the seller's days, months and years begin. */
    ZoneId zone() {
        return country.equals(IndianStates.COUNTRY) ? INDIA : ZoneOffset.UTC;
    }

    private Optional<TaxRate> rate(Instant at) {
        LocalDate day = LocalDate.ofInstant(at, zone());
        return rates.stream()
                .filter(rate -> rate.country().equals(country) && !rate.from().isAfter(day))
                .max(Comparator.comparing(TaxRate::from));
    }

    /** To the minor unit, half up. */
    private static TaxLine line(String name, int basisPoints, Money net) {
        BigDecimal tax = BigDecimal.valueOf(net.minor()).multiply(BigDecimal.valueOf(basisPoints));
        return new TaxLine(name, basisPoints,
                new Money(tax.divide(WHOLE, 0, RoundingMode.HALF_UP).longValueExact(), net.currency()));
    }
}

package com.cloudnestle.marketplace.payment.internal;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;

/**
 * A rate from a day on.
 *
 * @param country of the seller, ISO 3166
 * @param name {@code GST} in India is split by the place of supply; any other name is one line
 * @param basisPoints hundredths of a percent, 0 to 10000
 */
record TaxRate(LocalDate from, String country, String name, int basisPoints) {

    static final String GST = "GST";
    private static final int WHOLE = 10_000;

    TaxRate {
        if (!country.matches("[A-Z]{2}") || !name.matches("[A-Z][A-Za-z0-9 .-]{0,19}") || basisPoints < 0 || basisPoints > WHOLE) {
            throw new IllegalArgumentException("a rate has a country of two letters, a name and 0 to 10000 basis points");
        }
        if (splits(country, name) && basisPoints % 2 != 0) {
            throw new IllegalArgumentException("GST is halved between centre and state, so its basis points must be even");
        }
    }

    /** @param row e.g. {@code 2017-07-01 IN GST 1800} */
    static TaxRate parse(String row) {
        List<String> parts = List.of(row.strip().split("\\s+"));
        try {
            return new TaxRate(LocalDate.parse(parts.get(0)), parts.get(1),
                    String.join(" ", parts.subList(2, parts.size() - 1)), Integer.parseInt(parts.get(parts.size() - 1)));
        } catch (DateTimeException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new IllegalArgumentException("tax.rates: '" + row
                    + "' is not like '2017-07-01 IN GST 1800' (from when, country, name, hundredths of a percent): " + e.getMessage(), e);
        }
    }

    boolean splits() {
        return splits(country, name);
    }

    private static boolean splits(String country, String name) {
        return country.equals(IndianStates.COUNTRY) && name.equals(GST);
    }
}

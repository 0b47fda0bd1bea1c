package com.cloudnestle.marketplace.catalog;

import java.util.Currency;

/**
 * What a tier costs per period, without tax.
 *
 * @param amountMinor in minor units of the currency (paise, cents), 0 or more
 * @param currency ISO 4217 code, e.g. {@code INR}
 * @param period {@code month}, {@code year} or {@code once}
 */
public record Price(long amountMinor, String currency, String period) {
    public Price {
        if (amountMinor < 0) {
            throw new IllegalArgumentException("amountMinor must not be negative, was " + amountMinor);
        }
        Currency.getInstance(currency); // refuses unknown codes
        if (!period.equals("month") && !period.equals("year") && !period.equals("once")) {
            throw new IllegalArgumentException("period must be month, year or once, was " + period);
        }
    }
}

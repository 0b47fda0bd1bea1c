package com.cloudnestle.marketplace.payment;

import com.cloudnestle.marketplace.error.MarketplaceException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who is billed. Frozen with the payment.
 *
 * @param name of the person or firm, 0 to 100 characters
 * @param country ISO 3166 code of two letters, e.g. {@code IN}
 * @param region within the country where tax depends on it: for India the two digits of the state, e.g. {@code 29}; else empty
 * @param taxId e.g. a GSTIN; empty for people who have none
 * @param address 0 to 300 characters
 */
public record Buyer(String name, String country, String region, String taxId, String address) {

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final Pattern REGION = Pattern.compile("[A-Z0-9-]{0,6}");
    private static final Pattern TAX_ID = Pattern.compile("[A-Z0-9-]{0,20}");

    /** @throws MarketplaceException {@code invalid-field} (422) */
    public Buyer {
        text("buyer.name", name, 100);
        text("buyer.address", address, 300);
        if (!COUNTRIES.contains(country)) {
            throw MarketplaceException.invalid("buyer.country", "must be an ISO 3166 country code of two letters, e.g. IN");
        }
        if (!REGION.matcher(region).matches()) {
            throw MarketplaceException.invalid("buyer.region", "must have at most 6 of A-Z, 0-9 and '-'");
        }
        if (!TAX_ID.matcher(taxId).matches()) {
            throw MarketplaceException.invalid("buyer.tax_id", "must have at most 20 of A-Z, 0-9 and '-'");
        }
    }

    @Override
    public String toString() {
        return "Buyer[" + country + " " + region + "]"; // people stay out of logs
    }

    private static void text(String field, String value, int max) {
        if (value.length() > max || value.codePoints().anyMatch(Buyer::unprintable)) {
            throw MarketplaceException.invalid(field, "must have at most " + max + " characters and no control characters");
        }
    }

    /** Half a surrogate pair is no character at all, and no store takes it. */
    private static boolean unprintable(int c) {
        return Character.isISOControl(c) && c != '\n' || Character.getType(c) == Character.SURROGATE;
    }
}

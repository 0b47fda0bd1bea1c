package com.cloudnestle.marketplace.identity.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Customer;
import com.cloudnestle.marketplace.store.Item;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How this bundle writes things down in items. */
public final class Stored {

    private static final Pattern CUSTOMER =
            Pattern.compile(Customer.PREFIX + "([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})");

    private Stored() {}

    /** The UUID in a customer's id; empty for anything else. */
    public static Optional<String> uuid(String customerId) {
        Matcher matcher = CUSTOMER.matcher(customerId);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    public static String text(Item item, String attribute) {
        return item.string(attribute).orElseThrow(() -> new IllegalStateException(item.key().sk() + " lacks " + attribute));
    }

    public static Instant instant(Item item, String attribute) {
        return Instant.parse(text(item, attribute));
    }

    public static Instant now(InstantSource clock) {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    public static MarketplaceException noSuchCustomer() {
        return new MarketplaceException(Problem.CUSTOMER_UNKNOWN, "There is no such customer.");
    }

    public static MarketplaceException contested() {
        return new MarketplaceException(Problem.STORE_UNAVAILABLE, "Too many parallel changes; try again.");
    }

    public static MarketplaceException codeInvalid() {
        return new MarketplaceException(Problem.CODE_INVALID, "This code or link is wrong, used up or too old.");
    }

    /** The same words whatever was wrong. */
    public static MarketplaceException signInRefused() {
        return new MarketplaceException(Problem.SIGN_IN_REFUSED, "That did not work. Check what you entered and try again.");
    }
}

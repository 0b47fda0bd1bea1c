package com.cloudnestle.marketplace.console.internal;

import com.cloudnestle.marketplace.catalog.Limit;
import com.cloudnestle.marketplace.catalog.Price;
import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.catalog.TierProfile;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How amounts, tiers and times are said in tables and sentences. */
final class Wording {

    private Wording() {}

    /** E.g. {@code 10 search per day, for 30 days, 999.00 INR per month}. */
    static String tier(TierPlan plan) {
        String limits = plan.limits().stream().map(Wording::limit).collect(Collectors.joining(" and "));
        String validity = plan.validityDays().isPresent() ? ", for " + plan.validityDays().getAsInt() + " days" : "";
        return limits + validity + plan.price().map(price -> ", " + price(price)).orElse("");
    }

    private static String limit(Limit limit) {
        boolean each = limit.action().equals(TierProfile.EACH_METER);
        if (limit.unlimited()) {
            return each ? "every meter unlimited" : "unlimited " + limit.action();
        }
        return limit.amount() + (each ? " of each meter " : " " + limit.action() + " ") + per(limit.window().name());
    }

    /** A window's name inside a sentence. */
    static String per(String window) {
        if (window.equals("lifetime")) {
            return "for life";
        }
        return window.startsWith("days-") ? "per " + window.substring("days-".length()) + " days" : "per " + window;
    }

    private static String price(Price price) {
        int digits = Math.max(0, Currency.getInstance(price.currency()).getDefaultFractionDigits());
        String amount = BigDecimal.valueOf(price.amountMinor(), digits).toPlainString() + " " + price.currency();
        return price.period().equals("once") ? amount + " once" : amount + " per " + price.period();
    }

    /** {@code -1} stands for unlimited everywhere. */
    static String amount(long units) {
        return units == Limit.UNLIMITED ? "unlimited" : Long.toString(units);
    }

    static String time(Optional<Instant> instant, String otherwise) {
        return instant.map(Instant::toString).orElse(otherwise);
    }

    static String size(long bytes) {
        if (bytes < 1024) {
            return bytes + " bytes";
        }
        return bytes < 1024 * 1024
                ? String.format(Locale.ROOT, "%d KiB", bytes / 1024)
                : String.format(Locale.ROOT, "%d.%d MiB", bytes >> 20, (bytes >> 10) % 1024 * 10 / 1024);
    }
}

package com.cloudnestle.marketplace.rest.internal.pages;

import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.catalog.Limit;
import com.cloudnestle.marketplace.catalog.Price;
import com.cloudnestle.marketplace.catalog.TierPlan;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.stream.Collectors;

/** What the tiers of a solution give, in words. */
final class TierTable {

    private TierTable() {}

    static String of(CatalogEntry entry) {
        return entry.tiers().stream()
                .map(plan -> "<tr><th scope=\"row\">" + Html.escape(plan.tier()) + "</th><td>" + gives(plan, entry) + "</td><td>"
                        + Html.escape(plan.price().map(TierTable::price).orElse("–")) + "</td></tr>\n")
                .collect(Collectors.joining("",
                        "<table>\n<tr><th scope=\"col\">Tier</th><th scope=\"col\">Gives</th><th scope=\"col\">Price</th></tr>\n",
                        "</table>\n"));
    }

    private static String gives(TierPlan plan, CatalogEntry entry) {
        String limits = plan.limits().stream()
                .map(limit -> Html.escape(words(limit, entry)))
                .collect(Collectors.joining("<br>"));
        String days = plan.validityDays().isPresent() ? "<br>for " + plan.validityDays().getAsInt() + " days" : "";
        String features = plan.features().isEmpty() ? "" : "<br>" + Html.escape(String.join(", ", plan.features()));
        return limits + days + features;
    }

    private static String words(Limit limit, CatalogEntry entry) {
        boolean several = entry.descriptor().meters().size() > 1;
        String what = several ? limit.action() + ": " : "";
        return what + (limit.unlimited() ? "unlimited" : limit.amount() + " " + window(limit.window().name()));
    }

    private static String window(String name) {
        return switch (name) {
            case "lifetime" -> "in total";
            case "day" -> "per day";
            case "month" -> "per month";
            default -> "per " + name.replace("days-", "") + " days";
        };
    }

    static String price(Price price) {
        int digits = Currency.getInstance(price.currency()).getDefaultFractionDigits();
        String amount = BigDecimal.valueOf(price.amountMinor(), Math.max(0, digits)).toPlainString();
        String period = price.period().equals("once") ? " once" : " per " + price.period();
        return price.currency() + " " + amount + period + ", without tax";
    }
}

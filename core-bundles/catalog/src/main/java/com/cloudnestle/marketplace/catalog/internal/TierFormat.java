package com.cloudnestle.marketplace.catalog.internal;

import com.cloudnestle.marketplace.catalog.Limit;
import com.cloudnestle.marketplace.catalog.Price;
import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.catalog.TierProfile;
import com.cloudnestle.marketplace.catalog.Window;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tiers as JSON, the same in profile files and in stored descriptors. See {@code docs/guides/tiers.md}. */
final class TierFormat {

    static final Set<String> TIER = Set.of("tier", "limits", "validity_days", "price", "features");

    private static final Set<String> LIMIT = Set.of("action", "window", "zone", "amount");
    private static final Set<String> PRICE = Set.of("amount", "currency", "period");
    private static final Pattern DAYS = Pattern.compile("days-([1-9][0-9]{0,3})");
    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,12}(?:\\.([0-9]{1,4}))?");

    private TierFormat() {}

    static TierPlan read(Fields tier) {
        String name = tier.text("tier");
        List<Limit> limits = tier.objects("limits", LIMIT).stream().map(TierFormat::readLimit).toList();
        OptionalInt validity = tier.optionalInteger("validity_days")
                .map(days -> OptionalInt.of((int) Math.max(-1, Math.min(days, Integer.MAX_VALUE))))
                .orElse(OptionalInt.empty());
        Optional<Price> price = tier.optionalObject("price", PRICE).map(TierFormat::readPrice);
        List<String> features = tier.texts("features");
        return tier.checked(() -> new TierPlan(name, limits, validity, price, features));
    }

    private static Limit readLimit(Fields limit) {
        String action = limit.optionalText("action").orElse(TierProfile.EACH_METER);
        Window window = readWindow(limit);
        long amount = limit.integer("amount");
        return limit.checked(() -> new Limit(action, window, amount));
    }

    private static Window readWindow(Fields limit) {
        String name = limit.text("window");
        boolean zoned = name.equals("day") || name.equals("month");
        if (!zoned && limit.has("zone")) {
            throw new FormatException(limit.at("zone"), "has a meaning only with the windows day and month");
        }
        Matcher days = DAYS.matcher(name);
        if (days.matches()) {
            return limit.checked(() -> new Window.Days(Integer.parseInt(days.group(1))));
        }
        return switch (name) {
            case "lifetime" -> new Window.Lifetime();
            case "day" -> new Window.Day(readZone(limit));
            case "month" -> new Window.Month(readZone(limit));
            default -> throw new FormatException(limit.at("window"),
                    "must be lifetime, day, month or days-<number>, was '" + name + "'");
        };
    }

    private static ZoneId readZone(Fields limit) {
        String zone = limit.optionalText("zone").orElse("UTC");
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new FormatException(limit.at("zone"), "is no time zone, e.g. UTC or Asia/Kolkata: '" + zone + "'", e);
        }
    }

    private static Price readPrice(Fields price) {
        String code = price.text("currency");
        int digits;
        try {
            digits = Currency.getInstance(code).getDefaultFractionDigits();
        } catch (IllegalArgumentException e) {
            throw new FormatException(price.at("currency"), "is no ISO 4217 currency: '" + code + "'", e);
        }
        String amount = price.text("amount");
        Matcher matcher = AMOUNT.matcher(amount);
        if (!matcher.matches() || Optional.ofNullable(matcher.group(1)).map(String::length).orElse(0) > Math.max(0, digits)) {
            throw new FormatException(price.at("amount"), "must be a text like \"999.00\", with at most "
                    + Math.max(0, digits) + " digits after the point for " + code + ", was '" + amount + "'");
        }
        long minor = new BigDecimal(amount).movePointRight(Math.max(0, digits)).longValueExact();
        String period = price.text("period");
        return price.checked(() -> new Price(minor, code, period));
    }

    static void write(TierPlan tier, ObjectNode target) {
        target.put("tier", tier.tier());
        ArrayNode limits = target.putArray("limits");
        tier.limits().forEach(limit -> writeLimit(limit, limits.addObject()));
        tier.validityDays().ifPresent(days -> target.put("validity_days", days));
        tier.price().ifPresent(price -> writePrice(price, target.putObject("price")));
        if (!tier.features().isEmpty()) {
            tier.features().forEach(target.putArray("features")::add);
        }
    }

    private static void writeLimit(Limit limit, ObjectNode target) {
        target.put("action", limit.action());
        target.put("window", limit.window().name());
        if (limit.window() instanceof Window.Day day) {
            target.put("zone", day.zone().getId());
        } else if (limit.window() instanceof Window.Month month) {
            target.put("zone", month.zone().getId());
        }
        target.put("amount", limit.amount());
    }

    private static void writePrice(Price price, ObjectNode target) {
        int digits = Math.max(0, Currency.getInstance(price.currency()).getDefaultFractionDigits());
        target.put("amount", BigDecimal.valueOf(price.amountMinor(), digits).toPlainString());
        target.put("currency", price.currency());
        target.put("period", price.period());
    }
}

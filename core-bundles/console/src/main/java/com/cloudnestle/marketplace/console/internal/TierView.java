package com.cloudnestle.marketplace.console.internal;

import com.cloudnestle.marketplace.catalog.TierPlan;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A tier as the commands show it.
 *
 * @param validityDays null: it does not end
 * @param price null: free, or not sold on-line
 * @param gives the same in words
 */
record TierView(
        String tier,
        List<LimitView> limits,
        @Nullable Integer validityDays,
        @Nullable PriceView price,
        List<String> features,
        String gives) {

    /** @param amount -1: unlimited */
    record LimitView(String action, String window, long amount) {}

    record PriceView(long amountMinor, String currency, String period) {}

    static TierView of(TierPlan plan) {
        OptionalInt days = plan.validityDays();
        return new TierView(
                plan.tier(),
                plan.limits().stream()
                        .map(limit -> new LimitView(limit.action(), limit.window().name(), limit.amount()))
                        .toList(),
                days.isPresent() ? days.getAsInt() : null,
                plan.price()
                        .map(price -> new PriceView(price.amountMinor(), price.currency(), price.period()))
                        .orElse(null),
                plan.features(),
                Wording.tier(plan));
    }

    static List<TierView> all(List<TierPlan> plans) {
        return plans.stream().map(TierView::of).toList();
    }
}

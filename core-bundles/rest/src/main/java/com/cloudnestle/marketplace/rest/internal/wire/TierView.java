package com.cloudnestle.marketplace.rest.internal.wire;

import com.cloudnestle.marketplace.catalog.Price;
import com.cloudnestle.marketplace.catalog.TierPlan;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tier of a solution.
 *
 * @param validityDays days until it ends; null: it does not
 * @param price null: free, or not sold on-line
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
public record TierView(
        String tier,
        List<LimitView> limits,
        @Nullable Integer validityDays,
        @Nullable PriceView price,
        List<String> features) {

    /** Without tax. {@code amountMinor} is in minor units of the currency. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record PriceView(long amountMinor, String currency, String period) {
        static PriceView of(Price price) {
            return new PriceView(price.amountMinor(), price.currency(), price.period());
        }
    }

    static TierView of(TierPlan plan) {
        return new TierView(
                plan.tier(),
                plan.limits().stream().map(LimitView::of).toList(),
                plan.validityDays().isPresent() ? plan.validityDays().getAsInt() : null,
                plan.price().map(PriceView::of).orElse(null),
                plan.features());
    }
}

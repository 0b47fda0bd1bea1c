package com.cloudnestle.marketplace.catalog;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What one tier of a solution gives. Several limits on one action all hold at once; an action without a limit is not
 * part of the tier. With a validity, access ends that many days after the entitlement began, whatever is left: "10
 * calls or 15 days" is a lifetime limit of 10 with a validity of 15 days.
 *
 * @param tier name, see {@link Tiers}
 * @param limits at least one
 * @param validityDays days of 24 hours until the tier ends; empty: it does not end
 * @param price empty: free, or not sold on-line
 * @param features names shown to buyers, e.g. {@code priority-support}
 */
public record TierPlan(
        String tier, List<Limit> limits, OptionalInt validityDays, Optional<Price> price, List<String> features) {

    public TierPlan {
        Tiers.requireValid(tier);
        limits = List.copyOf(limits);
        features = List.copyOf(features);
        if (limits.isEmpty()) {
            throw new IllegalArgumentException("tier " + tier + " needs at least one limit; unlimited is -1");
        }
        Set<String> seen = new HashSet<>();
        for (Limit limit : limits) {
            if (!seen.add(limit.action() + " " + limit.window().name())) {
                throw new IllegalArgumentException(
                        "tier " + tier + " limits " + limit.action() + " twice per " + limit.window().name());
            }
        }
        if (validityDays.isPresent() && (validityDays.getAsInt() < 1 || validityDays.getAsInt() > 36600)) {
            throw new IllegalArgumentException("validityDays must be 1 to 36600");
        }
    }

    /** A free tier that does not end. */
    public static TierPlan of(String tier, Limit... limits) {
        return new TierPlan(tier, List.of(limits), OptionalInt.empty(), Optional.empty(), List.of());
    }

    public TierPlan validFor(int days) {
        return new TierPlan(tier, limits, OptionalInt.of(days), price, features);
    }

    public TierPlan priced(Price newPrice) {
        return new TierPlan(tier, limits, validityDays, Optional.of(newPrice), features);
    }

    /** The limits on one action; empty if the tier does not include it. */
    public List<Limit> limits(String action) {
        return limits.stream().filter(limit -> limit.action().equals(action)).toList();
    }
}

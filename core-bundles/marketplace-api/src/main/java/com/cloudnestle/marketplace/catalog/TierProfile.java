package com.cloudnestle.marketplace.catalog;

import java.util.List;
import java.util.Objects;

/**
 * A named set of tiers kept as data, ready to be used by any solution. Its limits name the action {@link #EACH_METER},
 * which stands for every meter of the solution that uses it.
 *
 * @param name e.g. {@code daily}
 * @param description for operators
 * @param tiers from the lowest to the highest
 */
public record TierProfile(String name, String description, List<TierPlan> tiers) {

    /** In a profile: the limit is applied to each meter of the solution, separately. */
    public static final String EACH_METER = "each-meter";

    public TierProfile {
        Tiers.requireValid(name);
        Objects.requireNonNull(description);
        tiers = List.copyOf(tiers);
        if (tiers.isEmpty()) {
            throw new IllegalArgumentException("profile " + name + " needs at least one tier");
        }
    }

    /** The tiers with their limits spread over the meters of {@code descriptor}. */
    public List<TierPlan> tiersFor(SolutionDescriptor descriptor) {
        return tiers.stream().map(tier -> spread(tier, descriptor.meters())).toList();
    }

    private static TierPlan spread(TierPlan tier, List<Meter> meters) {
        List<Limit> limits = tier.limits().stream()
                .flatMap(limit -> limit.action().equals(EACH_METER)
                        ? meters.stream().map(m -> new Limit(m.action(), limit.window(), limit.amount()))
                        : meters.stream().anyMatch(m -> m.action().equals(limit.action()))
                                ? List.of(limit).stream()
                                : List.<Limit>of().stream())
                .toList();
        return new TierPlan(tier.tier(), limits, tier.validityDays(), tier.price(), tier.features());
    }
}

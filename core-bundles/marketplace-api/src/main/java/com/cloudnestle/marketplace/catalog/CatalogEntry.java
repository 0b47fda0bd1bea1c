package com.cloudnestle.marketplace.catalog;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A solution as the catalogue has it.
 *
 * @param descriptor what the solution said of itself when it was last published
 * @param tiers the tiers in force: its own, or those of the profile it names or was assigned
 * @param available whether it can be used now; a withdrawn solution keeps its entitlements, tokens and counters
 */
public record CatalogEntry(SolutionDescriptor descriptor, List<TierPlan> tiers, boolean available) {

    private static final String SEARCH = "search";

    public CatalogEntry {
        Objects.requireNonNull(descriptor);
        tiers = List.copyOf(tiers);
    }

    public String id() {
        return descriptor.id();
    }

    public Optional<TierPlan> tier(String name) {
        return tiers.stream().filter(tier -> tier.tier().equals(name)).findFirst();
    }

    public boolean hasAction(String action) {
        for (Meter meter : descriptor.meters()) { // asked for every decision: a stream would cost more than the search
            if (meter.action().equals(action)) {
                return true;
            }
        }
        return false;
    }

    /** What a call that names no action means: {@code search} if the solution has it, else its first meter. */
    public String defaultAction() {
        return hasAction(SEARCH) ? SEARCH : descriptor.meters().get(0).action();
    }

    /** The tier after {@code name} in the order of the tiers, i.e. what a customer at its limit may upgrade to. */
    public Optional<TierPlan> tierAbove(String name) {
        for (int i = 0; i + 1 < tiers.size(); i++) {
            if (tiers.get(i).tier().equals(name)) {
                return Optional.of(tiers.get(i + 1));
            }
        }
        return Optional.empty();
    }
}

package com.cloudnestle.marketplace.catalog.internal;

import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.catalog.TierProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A solution with what was decided about it here.
 *
 * @param assigned the profile an operator put it on, whatever its descriptor says
 * @param tiers those in force
 */
record Listing(SolutionDescriptor descriptor, Optional<String> assigned, boolean available, List<TierPlan> tiers) {

    String id() {
        return descriptor.id();
    }

    CatalogEntry entry() {
        return new CatalogEntry(descriptor, tiers, available);
    }

    /** Everything that names this solution. */
    List<String> names() {
        List<String> names = new ArrayList<>(descriptor.aliases());
        names.add(descriptor.id());
        return names;
    }

    /** The profile it takes its tiers from; empty: it brings its own. */
    Optional<String> profile() {
        return assigned.or(() -> descriptor.tiers().isEmpty() ? Optional.of(descriptor.tierProfile()) : Optional.empty());
    }

    boolean uses(String profileName) {
        return Stream.concat(profile().stream(), Stream.of(descriptor.tierProfile())).anyMatch(profileName::equals);
    }

    Listing withAvailable(boolean nowAvailable) {
        return new Listing(descriptor, assigned, nowAvailable, tiers);
    }

    /**
     * This one, just read from the store, in the place of the one known so far: a solution that runs here says itself what
     * it is, and tiers stay until others are worked out.
     */
    Listing updating(@Nullable Listing known) {
        if (known == null) {
            return this;
        }
        return new Listing(known.available() ? known.descriptor() : descriptor, assigned, known.available(), known.tiers());
    }

    /**
     * With the tiers that follow from the profiles as they are now.
     *
     * @return empty if the profile does not exist
     * @throws IllegalArgumentException if the profile does not fit the solution's meters
     */
    Optional<Listing> resolved(Function<String, Optional<TierProfile>> profiles) {
        Optional<String> name = profile();
        if (name.isEmpty()) {
            return Optional.of(withTiers(descriptor.tiers()));
        }
        return profiles.apply(name.get()).map(found -> withTiers(found.tiersFor(descriptor)));
    }

    private Listing withTiers(List<TierPlan> newTiers) {
        return new Listing(descriptor, assigned, available, newTiers);
    }
}

package com.cloudnestle.marketplace.exactness.schedule;

import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.catalog.Limit;
import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.catalog.TierProfile;
import com.cloudnestle.marketplace.catalog.Window;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** One solution that never changes; like the real catalogue it hands out the same object each time. */
public final class FixedCatalog implements CatalogService {

    public static final String SOLUTION = "finder";
    public static final String ACTION = "search";

    private final CatalogEntry entry;

    public FixedCatalog(TierPlan... tiers) {
        SolutionDescriptor descriptor = SolutionDescriptor.of(SOLUTION, "Finder", "", ACTION).withTiers(tiers);
        entry = new CatalogEntry(descriptor, List.of(tiers), true);
    }

    public static Limit perDay(long amount) {
        return new Limit(ACTION, new Window.Day(ZoneOffset.UTC), amount);
    }

    public static Limit forLife(long amount) {
        return new Limit(ACTION, new Window.Lifetime(), amount);
    }

    CatalogEntry entry() {
        return entry;
    }

    @Override
    public List<CatalogEntry> entries() {
        return List.of(entry);
    }

    @Override
    public Optional<CatalogEntry> find(String idOrAlias) {
        return Optional.of(entry);
    }

    @Override
    public CatalogEntry require(String idOrAlias) {
        return entry;
    }

    @Override
    public CatalogEntry publish(SolutionDescriptor descriptor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void withdraw(String id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<TierProfile> profiles() {
        return List.of();
    }

    @Override
    public CatalogEntry assignProfile(String solutionId, Optional<String> profile, String actor) {
        throw new UnsupportedOperationException();
    }
}

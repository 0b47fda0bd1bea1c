package com.cloudnestle.marketplace.testing;

import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.catalog.Limit;
import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.catalog.TierProfile;
import com.cloudnestle.marketplace.catalog.Tiers;
import com.cloudnestle.marketplace.catalog.Window;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A catalogue that forgets everything when the test ends. Knows the profile {@code daily} (3 for life, 10 a day,
 * unlimited, unlimited) from the start; {@link #addProfile} adds more. Thread-safe.
 */
public final class InMemoryCatalog implements CatalogService {

    private final Map<String, SolutionDescriptor> descriptors = new TreeMap<>();
    private final Map<String, TierProfile> profiles = new TreeMap<>();
    private final Map<String, String> assigned = new HashMap<>();
    private final Set<String> available = new HashSet<>();
    /** The last entry made of each: as in the real catalogue, it stays the same object while nothing changes. */
    private final Map<String, CatalogEntry> made = new HashMap<>();

    public InMemoryCatalog() {
        addProfile(daily());
    }

    /** A catalogue that lists these already. */
    public static InMemoryCatalog of(SolutionDescriptor... solutions) {
        InMemoryCatalog catalog = new InMemoryCatalog();
        List.of(solutions).forEach(catalog::publish);
        return catalog;
    }

    /** Adds a profile or replaces the one of the same name. */
    public synchronized void addProfile(TierProfile profile) {
        profiles.put(profile.name(), profile);
    }

    @Override
    public synchronized List<CatalogEntry> entries() {
        return descriptors.values().stream().map(this::entry).toList();
    }

    @Override
    public synchronized Optional<CatalogEntry> find(String idOrAlias) {
        return descriptors.values().stream()
                .filter(known -> names(known).contains(idOrAlias))
                .findFirst()
                .map(this::entry);
    }

    @Override
    public CatalogEntry require(String idOrAlias) {
        return find(idOrAlias)
                .orElseThrow(() -> new MarketplaceException(Problem.SOLUTION_UNKNOWN, "There is no such solution."));
    }

    @Override
    public synchronized CatalogEntry publish(SolutionDescriptor descriptor) {
        for (String name : names(descriptor)) {
            if (find(name).filter(owner -> !owner.id().equals(descriptor.id())).isPresent()) {
                throw new MarketplaceException(Problem.CONFLICT, "The name " + name + " belongs to another solution.");
            }
        }
        if (descriptor.tiers().isEmpty()) {
            requireProfile(descriptor.tierProfile());
        }
        descriptors.put(descriptor.id(), descriptor);
        available.add(descriptor.id());
        return entry(descriptor);
    }

    @Override
    public synchronized void withdraw(String id) {
        available.remove(id);
    }

    @Override
    public synchronized List<TierProfile> profiles() {
        return List.copyOf(profiles.values());
    }

    @Override
    public synchronized CatalogEntry assignProfile(String solutionId, Optional<String> profile, String actor) {
        CatalogEntry found = require(solutionId);
        profile.ifPresent(this::requireProfile);
        profile.ifPresentOrElse(name -> assigned.put(found.id(), name), () -> assigned.remove(found.id()));
        return entry(found.descriptor());
    }

    private CatalogEntry entry(SolutionDescriptor descriptor) {
        String profile = assigned.get(descriptor.id());
        List<TierPlan> tiers;
        if (profile == null && !descriptor.tiers().isEmpty()) {
            tiers = descriptor.tiers();
        } else {
            tiers = requireProfile(profile == null ? descriptor.tierProfile() : profile).tiersFor(descriptor);
        }
        CatalogEntry entry = new CatalogEntry(descriptor, tiers, available.contains(descriptor.id()));
        return made.merge(descriptor.id(), entry, (before, now) -> before.equals(now) ? before : now);
    }

    private TierProfile requireProfile(String name) {
        TierProfile profile = profiles.get(name);
        if (profile == null) {
            throw new MarketplaceException(Problem.TIER_UNKNOWN, "There is no tier profile " + name + ".");
        }
        return profile;
    }

    private static List<String> names(SolutionDescriptor descriptor) {
        List<String> names = new ArrayList<>(descriptor.aliases());
        names.add(descriptor.id());
        return names;
    }

    private static TierProfile daily() {
        String each = TierProfile.EACH_METER;
        Window.Lifetime lifetime = new Window.Lifetime();
        return new TierProfile(SolutionDescriptor.DEFAULT_PROFILE, "3 for life, 10 a day, unlimited", List.of(
                TierPlan.of(Tiers.ANONYMOUS, new Limit(each, lifetime, 3)),
                TierPlan.of(Tiers.REGISTERED, new Limit(each, new Window.Day(ZoneOffset.UTC), 10)),
                TierPlan.of(Tiers.PRO, new Limit(each, lifetime, Limit.UNLIMITED)),
                TierPlan.of(Tiers.ENTERPRISE, new Limit(each, lifetime, Limit.UNLIMITED))));
    }
}

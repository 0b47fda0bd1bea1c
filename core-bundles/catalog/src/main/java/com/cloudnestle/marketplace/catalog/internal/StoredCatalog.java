package com.cloudnestle.marketplace.catalog.internal;

import com.cloudnestle.marketplace.audit.AuditLog;
import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.catalog.TierProfile;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The catalogue in memory, remembered in the store. Readers see one consistent picture without waiting; changes take
 * turns, write to the store first and then show a new picture.
 */
final class StoredCatalog implements CatalogService {

    private static final Logger LOG = LoggerFactory.getLogger(StoredCatalog.class);

    /** What readers see. */
    private record Picture(List<CatalogEntry> entries, Map<String, CatalogEntry> byName, List<TierProfile> profiles) {}

    private final SolutionItems items;
    private final TierProfiles profiles;
    private final AuditLog audit;
    private final InstantSource clock;
    private final Map<String, Listing> listings = new TreeMap<>();
    private volatile Picture picture;

    StoredCatalog(SolutionItems items, TierProfiles profiles, AuditLog audit, InstantSource clock) {
        this.items = items;
        this.profiles = profiles;
        this.audit = audit;
        this.clock = clock;
        items.load().forEach(listing -> listings.put(listing.id(), listing));
        try {
            profiles.reload(this::inUse);
        } catch (IOException e) {
            LOG.error("tier profiles cannot be read, going on with those shipped and remembered", e);
        }
        listings.replaceAll((id, listing) -> resolvedOrAsBefore(listing));
        picture = draw();
    }

    @Override
    public List<CatalogEntry> entries() {
        return picture.entries();
    }

    @Override
    public Optional<CatalogEntry> find(String idOrAlias) {
        return Optional.ofNullable(picture.byName().get(idOrAlias));
    }

    @Override
    public CatalogEntry require(String idOrAlias) {
        return find(idOrAlias).orElseThrow(StoredCatalog::unknownSolution);
    }

    @Override
    public synchronized CatalogEntry publish(SolutionDescriptor descriptor) {
        // An assignment outlives its solution, so it is asked for also when the solution looks new.
        Optional<String> assigned = Optional.ofNullable(listings.get(descriptor.id()))
                .map(Listing::assigned)
                .orElseGet(() -> items.assigned(descriptor.id()));
        if (descriptor.tiers().isEmpty() && profiles.find(descriptor.tierProfile()).isEmpty()) {
            throw unknownProfile(descriptor.tierProfile());
        }
        Listing listing = resolved(new Listing(descriptor, assigned, true, List.of()));
        refuseTakenNames(listing);
        items.save(descriptor, now());
        LOG.info("solution published solutionId={} aliases={} tiers={}", listing.id(), descriptor.aliases(),
                listing.tiers().size());
        return show(listing);
    }

    @Override
    public synchronized void withdraw(String id) {
        Listing listing = listings.get(id);
        if (listing != null && listing.available()) {
            show(listing.withAvailable(false));
            LOG.info("solution withdrawn solutionId={}", id);
        }
    }

    @Override
    public List<TierProfile> profiles() {
        return picture.profiles();
    }

    @Override
    public synchronized CatalogEntry assignProfile(String solutionId, Optional<String> profile, String actor) {
        Listing before = listings.get(require(solutionId).id());
        if (before == null) {
            throw unknownSolution();
        }
        if (before.assigned().equals(profile)) {
            return before.entry();
        }
        Listing after = resolved(new Listing(before.descriptor(), profile, before.available(), List.of()));
        items.assign(after.id(), profile, now());
        CatalogEntry entry = show(after);
        audit.append(actor, "solution.profile-assigned", after.id(),
                Map.of("from", before.assigned().orElse("none"), "to", profile.orElse("none")));
        return entry;
    }

    /** Looks for changed profile files; solutions whose new profile does not fit keep the tiers they have. */
    synchronized void reloadProfiles() throws IOException {
        if (profiles.reload(this::inUse)) {
            listings.replaceAll((id, listing) -> resolvedOrAsBefore(listing));
            picture = draw();
        }
    }

    private boolean inUse(String profile) {
        return listings.values().stream().anyMatch(listing -> listing.uses(profile));
    }

    private Listing resolved(Listing listing) {
        String profile = listing.profile().orElse("");
        if (!profile.isEmpty() && profiles.find(profile).isEmpty()) {
            profiles.recall(profile);
        }
        try {
            return listing.resolved(profiles::find).orElseThrow(() -> unknownProfile(profile));
        } catch (IllegalArgumentException e) {
            throw MarketplaceException.invalid(
                    "tier_profile", "'" + profile + "' does not fit the meters of " + listing.id() + ": " + e.getMessage());
        }
    }

    private Listing resolvedOrAsBefore(Listing listing) {
        try {
            return resolved(listing);
        } catch (MarketplaceException e) {
            LOG.error("tiers not renewed solutionId={} profile={} reason=\"{}\" tiersKept={}", listing.id(),
                    listing.profile().orElse(""), e.getMessage(), listing.tiers().size());
            return listing;
        }
    }

    private void refuseTakenNames(Listing listing) {
        for (String name : listing.names()) {
            find(name).filter(owner -> !owner.id().equals(listing.id())).ifPresent(owner -> {
                throw new MarketplaceException(Problem.CONFLICT,
                        "The name " + name + " of the solution " + listing.id() + " belongs to " + owner.id() + ".");
            });
        }
    }

    private CatalogEntry show(Listing listing) {
        listings.put(listing.id(), listing);
        picture = draw();
        return listing.entry();
    }

    private Picture draw() {
        Map<String, CatalogEntry> byName = new HashMap<>();
        List<CatalogEntry> entries = listings.values().stream().map(Listing::entry).toList();
        entries.forEach(entry -> entry.descriptor().aliases().forEach(alias -> byName.put(alias, entry)));
        entries.forEach(entry -> byName.put(entry.id(), entry)); // an id is stronger than an alias
        return new Picture(entries, Map.copyOf(byName), profiles.all());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static MarketplaceException unknownSolution() {
        return new MarketplaceException(Problem.SOLUTION_UNKNOWN, "There is no such solution.");
    }

    private static MarketplaceException unknownProfile(String name) {
        return new MarketplaceException(Problem.TIER_UNKNOWN, "There is no tier profile '" + name + "'.");
    }
}

package com.cloudnestle.marketplace.catalog.internal;

import com.cloudnestle.marketplace.audit.AuditLog;
import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.catalog.TierProfile;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.WriteWatcher;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The catalogue in memory, remembered in the store. Readers see one consistent picture without waiting; changes take
 * turns, write to the store first and then show a new picture. What others change in the store comes in with
 * {@link #refresh}. An entry that stays the same stays the same object.
 */
final class StoredCatalog implements CatalogService {

    /** The index may be a moment behind a change, so a change is followed by a second look. */
    private static final int LOOKS_AFTER_CHANGE = 2;

    private static final Logger LOG = LoggerFactory.getLogger(StoredCatalog.class);

    /** What readers see. */
    private record Picture(List<CatalogEntry> entries, Map<String, CatalogEntry> byName, List<TierProfile> profiles) {}

    private final SolutionItems items;
    private final TierProfiles profiles;
    private final AuditLog audit;
    private final InstantSource clock;
    private final AtomicBoolean stale = new AtomicBoolean();
    private final Map<String, Listing> listings = new TreeMap<>();
    private CatalogVersion seen;
    private int looksLeft;
    private volatile Picture picture = new Picture(List.of(), Map.of(), List.of());

    StoredCatalog(SolutionItems items, TierProfiles profiles, AuditLog audit, InstantSource clock) {
        this.items = items;
        this.profiles = profiles;
        this.audit = audit;
        this.clock = clock;
        seen = items.version();
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
        refresh(); // names that another node took since belong to it
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
            return require(before.id());
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

    /**
     * Takes over what others changed in the store: other nodes, a restore, an import. Costs two reads if nobody did.
     *
     * @throws com.cloudnestle.marketplace.store.StoreException if the store cannot answer; everything stays as it was
     */
    synchronized void refresh() {
        if (!stale.get() && !items.shared()) {
            return;
        }
        CatalogVersion now = items.version(); // before the items: a change in between is found by the next look
        boolean changed = stale.getAndSet(false) || !now.equals(seen);
        looksLeft = changed ? LOOKS_AFTER_CHANGE : looksLeft;
        if (looksLeft == 0) {
            return;
        }
        try {
            profiles.recallAgain();
            takeOver(items.load());
        } catch (RuntimeException e) {
            stale.set(true);
            throw e;
        }
        seen = now;
        looksLeft--;
        picture = draw();
    }

    private void takeOver(List<Listing> stored) {
        Map<String, Listing> found = new TreeMap<>();
        stored.forEach(listing -> found.put(listing.id(), listing));
        for (Listing mine : List.copyOf(listings.values())) {
            if (!found.containsKey(mine.id())) {
                items.find(mine.id()).or(() -> rememberedAgain(mine)).ifPresentOrElse(
                        listing -> found.put(listing.id(), listing), () -> listings.remove(mine.id()));
            }
        }
        found.forEach((id, listing) -> listings.put(id, resolvedOrAsBefore(listing.updating(listings.get(id)))));
    }

    /** A solution that runs here stays listed, also if the restored data do not know it. */
    private Optional<Listing> rememberedAgain(Listing mine) {
        if (!mine.available()) {
            return Optional.empty();
        }
        items.save(mine.descriptor(), now());
        return items.find(mine.id());
    }

    /**
     * Learns of writes to the table of this catalogue that it did not make itself.
     *
     * @param refreshSoon called on the writing thread when a {@link #refresh} has become necessary; must not do it there
     */
    WriteWatcher watcher(Runnable refreshSoon) {
        return new WriteWatcher() {
            @Override
            public void written(Key key) {
                if (!Thread.holdsLock(StoredCatalog.this)) {
                    everything();
                }
            }

            @Override
            public void everything() {
                if (!stale.getAndSet(true)) {
                    refreshSoon.run();
                }
            }
        };
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
        return require(listing.id());
    }

    private Picture draw() {
        Map<String, CatalogEntry> byName = new HashMap<>();
        List<CatalogEntry> entries = listings.values().stream().map(this::drawn).toList();
        for (CatalogEntry entry : entries) {
            entry.descriptor().aliases().forEach(alias ->
                    byName.merge(alias, entry, (first, second) -> ownedBefore(alias, second) ? second : first));
        }
        entries.forEach(entry -> byName.put(entry.id(), entry)); // an id is stronger than an alias
        return new Picture(entries, Map.copyOf(byName), profiles.all());
    }

    private CatalogEntry drawn(Listing listing) {
        CatalogEntry entry = listing.entry();
        return find(listing.id()).filter(entry::equals).orElse(entry);
    }

    /** Two nodes may have published solutions with the same alias at the same moment; then nobody loses what it had. */
    private boolean ownedBefore(String alias, CatalogEntry entry) {
        return find(alias).filter(owner -> owner.id().equals(entry.id())).isPresent();
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

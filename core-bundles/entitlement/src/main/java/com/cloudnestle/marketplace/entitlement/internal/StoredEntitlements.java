package com.cloudnestle.marketplace.entitlement.internal;
import com.cloudnestle.marketplace.audit.AuditLog;
import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.catalog.Tiers;
import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.entitlement.EntitlementService;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Customer;
import com.cloudnestle.marketplace.identity.CustomerDirectory;
import com.cloudnestle.marketplace.identity.Suspensions;
import com.cloudnestle.marketplace.platform.ServerSecrets;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Update;
import com.cloudnestle.marketplace.store.Write;
import com.cloudnestle.marketplace.store.WriteResult;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One item per customer and solution. {@link #find} answers from memory, and with the same object while nothing changed;
 * everything else reads the store.
 */
@Component
public final class StoredEntitlements implements EntitlementService {

    private static final Logger LOG = LoggerFactory.getLogger(StoredEntitlements.class);

    /** Who and what a change is about, checked. */
    private record Target(Customer customer, CatalogEntry solution, Key key) {}

    /** Whose entitlement to what; the solution by its id, not by an alias. */
    private record Place(String customerId, String solutionId) {
        static Place of(Key key) {
            return new Place(Customer.PREFIX + after(key.pk(), EntitlementItem.USER),
                    after(key.sk(), EntitlementItem.SOLUTION));
        }

        private static String after(String text, String prefix) {
            return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
        }
    }

    private final Store store;
    private final CatalogService catalog;
    private final CustomerDirectory customers;
    private final AuditLog audit;
    private final InstantSource clock;
    private final LegacyEntitlements legacy;
    private final Suspensions suspensions;
    private final TierNews news;
    private final NewEntitlements made;
    private final ItemCache<Place, Entitlement> known;

    @Activate
    public StoredEntitlements(
            @Reference CacheSettings settings,
            @Reference CatalogService catalog,
            @Reference CustomerDirectory customers,
            @Reference AuditLog audit,
            @Reference InstantSource clock,
            @Reference LegacyEntitlements legacy,
            @Reference Suspensions suspensions,
            @Reference ServerSecrets secrets,
            @Reference TierNews news) {
        this.store = settings.store();
        this.catalog = catalog;
        this.customers = customers;
        this.audit = audit;
        this.clock = clock;
        this.legacy = legacy;
        this.suspensions = suspensions;
        this.news = news;
        this.made = new NewEntitlements(store, new FormerEntitlements(store, secrets), legacy::usage);
        this.known = new ItemCache<>(settings, Table.ENTITLEMENTS, Place::of, this::read);
    }

    @Deactivate
    void stop() {
        known.close();
    }

    @Override
    public Optional<Entitlement> find(String customerId, String solutionId) {
        return catalog.find(solutionId).flatMap(solution -> {
            Place place = new Place(customerId, solution.id());
            Optional<Entitlement> found = known.get(place);
            // That there is none must not be remembered where an old one may turn up under the customer's address.
            Optional<Entitlement> present = found.isPresent() || legacy.none() ? found : read(place);
            return suspensions.suspended(customerId) ? present.map(StoredEntitlements::asSuspended) : present;
        });
    }

    private static Entitlement asSuspended(Entitlement kept) {
        return new Entitlement(kept.id(), kept.customerId(), kept.email(), kept.solutionId(), kept.tier(),
                Entitlement.Status.SUSPENDED, kept.createdAt(), kept.since(), kept.updatedAt());
    }

    private Optional<Entitlement> read(Place place) {
        return EntitlementItem.partition(place.customerId())
                .flatMap(partition -> catalog.find(place.solutionId()).flatMap(solution -> legacy.present(
                        place.customerId(), solution, EntitlementItem.key(partition, place.solutionId()))))
                .map(EntitlementItem::entitlement);
    }

    @Override
    public List<Entitlement> ofCustomer(String customerId) {
        List<Entitlement> found = new ArrayList<>();
        EntitlementItem.partition(customerId).ifPresent(partition -> {
            legacy.upgradeAllOf(customerId);
            Optional<String> cursor = Optional.empty();
            do {
                Page page = store.query(Table.ENTITLEMENTS, partition, EntitlementItem.SOLUTION, false, Store.MAX_PAGE,
                        cursor.orElse(null));
                if (page.items().stream().anyMatch(LegacyEntitlement::isOld)) {
                    legacy.upgradePartition(partition);
                    page = store.query(Table.ENTITLEMENTS, partition, EntitlementItem.SOLUTION, false, Store.MAX_PAGE,
                            cursor.orElse(null));
                }
                page.items().stream().filter(item -> !LegacyEntitlement.isOld(item))
                        .forEach(item -> found.add(EntitlementItem.entitlement(item)));
                cursor = page.cursor();
            } while (cursor.isPresent());
        });
        return List.copyOf(found);
    }

    @Override
    public EntitlementPage ofSolution(String solutionId, int limit, @Nullable String cursor) {
        if (limit < 1 || limit > Store.MAX_PAGE) {
            throw MarketplaceException.invalid("limit", "must be 1 to " + Store.MAX_PAGE);
        }
        String index = EntitlementItem.SOLUTION + catalog.require(solutionId).id();
        try {
            Page page = store.index(Table.ENTITLEMENTS, index, EntitlementItem.USER, limit, cursor);
            return new EntitlementPage(page.items().stream()
                    .filter(item -> !LegacyEntitlement.isOld(item))
                    .map(EntitlementItem::entitlement)
                    .toList(), page.cursor());
        } catch (IllegalArgumentException e) {
            if (cursor == null) {
                throw e;
            }
            throw MarketplaceException.invalid("cursor", "is not one that was given out"); // only it comes from outside
        }
    }

    @Override
    public Entitlement grant(String customerId, String solutionId, String tier, String actor) {
        Target target = target(customerId, solutionId);
        requireTier(target.solution(), tier);
        // Set by the attempt that wrote.
        boolean[] granted = {false};
        Entitlement after = Races.untilWon(() -> {
            Optional<Entitlement> present = store.get(target.key()).map(EntitlementItem::entitlement);
            if (present.isPresent()) {
                return present;
            }
            Optional<Entitlement> written = made(target, tier, List.of());
            granted[0] = written.isPresent();
            return written;
        });
        if (granted[0]) {
            record(target, "entitlement.granted", actor, Map.of("solution", target.solution().id(), "tier", tier));
        }
        return after;
    }

    private Optional<Entitlement> made(Target target, String tier, List<Write> others) {
        return made.make(target.customer(), target.solution(), target.key(), tier, now(), others);
    }

    @Override
    public TierChange changeTier(String customerId, String solutionId, String tier, String actor) {
        Target target = target(customerId, solutionId);
        requireTier(target.solution(), tier);
        TierChange change = Races.untilWon(() -> tryChangeTier(target, tier));
        if (change.changed()) {
            record(target, "tier.changed", actor, Map.of(
                    "solution", target.solution().id(), "from", change.previousTier().orElse("none"), "to", tier));
            news.look();
        }
        return change;
    }

    private Optional<TierChange> tryChangeTier(Target target, String tier) {
        Optional<Item> seen = store.get(target.key());
        if (seen.isEmpty()) {
            List<Write> told = TierNews.of(target.solution(), target.customer().id(), Optional.empty(), tier, now(),
                    "ent_" + UUID.randomUUID());
            return made(target, tier, told).map(made -> new TierChange(made, Optional.empty()));
        }
        Entitlement before = EntitlementItem.entitlement(seen.get());
        if (before.tier().equals(tier)) {
            return Optional.of(new TierChange(before, Optional.of(tier)));
        }
        Entitlement after = new Entitlement(before.id(), before.customerId(), before.email(), before.solutionId(), tier,
                before.status(), before.createdAt(), notBefore(before.since()), notBefore(before.updatedAt()));
        Update update = Update.builder()
                .set(EntitlementItem.TIER, tier)
                .set(EntitlementItem.SINCE, after.since().toString())
                .set(EntitlementItem.UPDATED_AT, after.updatedAt().toString())
                .add(EntitlementItem.VERSION, 1)
                .build();
        List<Write> writes = new ArrayList<>();
        writes.add(new Write.Change(target.key(), update, EntitlementItem.unchanged(seen.get())));
        writes.addAll(TierNews.of(target.solution(), before.customerId(), Optional.of(before.tier()), tier, after.since(),
                before.id() + "." + (seen.get().number(EntitlementItem.VERSION, 0) + 1)));
        boolean applied = writes.size() == 1 ? store.write(writes.get(0)).applied() : store.transact(writes).applied();
        return applied ? Optional.of(new TierChange(after, Optional.of(before.tier()))) : Optional.empty();
    }

    @Override
    public Entitlement setStatus(String customerId, String solutionId, Entitlement.Status status, String actor) {
        Target target = target(customerId, solutionId);
        // Set by the attempt that wrote; an attempt that finds the wanted status writes nothing.
        boolean[] changed = {false};
        Entitlement after = Races.untilWon(() -> {
            Item seen = store.get(target.key()).orElseThrow(StoredEntitlements::unknown);
            Entitlement before = EntitlementItem.entitlement(seen);
            if (before.status() == status) {
                return Optional.of(before);
            }
            Update update = Update.builder()
                    .set(EntitlementItem.STATUS, EntitlementItem.wire(status))
                    .set(EntitlementItem.UPDATED_AT, notBefore(before.updatedAt()).toString())
                    .add(EntitlementItem.VERSION, 1)
                    .build();
            Optional<Entitlement> written = won(store.update(target.key(), update, EntitlementItem.unchanged(seen)));
            changed[0] = written.isPresent();
            return written;
        });
        if (changed[0]) {
            String event = status == Entitlement.Status.ACTIVE ? "entitlement.resumed" : "entitlement.suspended";
            record(target, event, actor, Map.of("solution", target.solution().id()));
        }
        return after;
    }

    static MarketplaceException unknown() {
        return new MarketplaceException(Problem.ENTITLEMENT_UNKNOWN, "The customer has no access to this solution.");
    }

    private Target target(String customerId, String solutionId) {
        CatalogEntry solution = catalog.require(solutionId);
        Customer customer = customers.find(customerId)
                .orElseThrow(() -> new MarketplaceException(Problem.CUSTOMER_UNKNOWN, "There is no such customer."));
        String partition = EntitlementItem.partition(customer.id())
                .orElseThrow(() -> new IllegalStateException("not the id of a customer: " + customer.id()));
        Key key = EntitlementItem.key(partition, solution.id());
        legacy.present(customer.id(), solution, key);
        return new Target(customer, solution, key);
    }

    /** Anonymous is what people without an entitlement are, so it cannot be given. */
    private static void requireTier(CatalogEntry solution, String tier) {
        if (tier.equals(Tiers.ANONYMOUS) || solution.tier(tier).isEmpty()) {
            throw new MarketplaceException(
                    Problem.TIER_UNKNOWN, "The solution " + solution.id() + " has no such tier to give.");
        }
    }

    private static Optional<Entitlement> won(WriteResult result) {
        return result.applied() ? result.item().map(EntitlementItem::entitlement) : Optional.empty();
    }

    /** Now, but never before {@code earliest}: the times of an entitlement do not run backwards when the clock does. */
    private Instant notBefore(Instant earliest) {
        Instant now = now();
        return now.isBefore(earliest) ? earliest : now;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private void record(Target target, String event, String actor, Map<String, String> details) {
        audit.append(actor, event, target.customer().id(), details);
        LOG.info("{} customerId={} solutionId={}", event, target.customer().id(), target.solution().id());
    }
}

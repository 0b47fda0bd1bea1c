package com.cloudnestle.marketplace.testing;

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
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Entitlements in memory, with the errors and audit entries of the real service. Thread-safe. */
public final class InMemoryEntitlements implements EntitlementService {

    private record Place(String customerId, String solutionId) {}

    private final Map<Place, Entitlement> entitlements = new LinkedHashMap<>();
    private final CatalogService catalog;
    private final CustomerDirectory customers;
    private final AuditLog audit;
    private final InstantSource clock;

    public InMemoryEntitlements(
            CatalogService catalog, CustomerDirectory customers, AuditLog audit, InstantSource clock) {
        this.catalog = catalog;
        this.customers = customers;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public synchronized Optional<Entitlement> find(String customerId, String solutionId) {
        return catalog.find(solutionId)
                .map(solution -> entitlements.get(new Place(customerId, solution.id())));
    }

    @Override
    public synchronized List<Entitlement> ofCustomer(String customerId) {
        return entitlements.values().stream()
                .filter(each -> each.customerId().equals(customerId))
                .sorted(Comparator.comparing(Entitlement::solutionId))
                .toList();
    }

    @Override
    public synchronized EntitlementPage ofSolution(String solutionId, int limit, @Nullable String cursor) {
        if (limit < 1 || limit > 1000) {
            throw MarketplaceException.invalid("limit", "must be 1 to 1000");
        }
        String id = catalog.require(solutionId).id();
        List<Entitlement> rest = entitlements.values().stream()
                .filter(each -> each.solutionId().equals(id))
                .sorted(Comparator.comparing(Entitlement::customerId))
                .filter(each -> cursor == null || each.customerId().compareTo(cursor) > 0)
                .toList();
        if (rest.size() <= limit) {
            return new EntitlementPage(rest, Optional.empty());
        }
        return new EntitlementPage(rest.subList(0, limit), Optional.of(rest.get(limit - 1).customerId()));
    }

    @Override
    public synchronized Entitlement grant(String customerId, String solutionId, String tier, String actor) {
        Place place = place(customerId, solutionId, tier);
        Entitlement present = entitlements.get(place);
        if (present != null) {
            return present;
        }
        Entitlement made = made(place, tier);
        audit.append(actor, "entitlement.granted", customerId, Map.of("solution", place.solutionId(), "tier", tier));
        return made;
    }

    @Override
    public synchronized TierChange changeTier(String customerId, String solutionId, String tier, String actor) {
        Place place = place(customerId, solutionId, tier);
        Entitlement before = entitlements.get(place);
        if (before != null && before.tier().equals(tier)) {
            return new TierChange(before, Optional.of(tier));
        }
        Entitlement after = before == null ? made(place, tier) : moved(before, tier);
        entitlements.put(place, after);
        String from = before == null ? "none" : before.tier();
        audit.append(actor, "tier.changed", customerId,
                Map.of("solution", place.solutionId(), "from", from, "to", tier));
        return new TierChange(after, Optional.ofNullable(before).map(Entitlement::tier));
    }

    @Override
    public synchronized Entitlement setStatus(
            String customerId, String solutionId, Entitlement.Status status, String actor) {
        Place place = new Place(customer(customerId).id(), catalog.require(solutionId).id());
        Entitlement before = entitlements.get(place);
        if (before == null) {
            throw unknownEntitlement();
        }
        if (before.status() == status) {
            return before;
        }
        Entitlement after = new Entitlement(before.id(), before.customerId(), before.email(), before.solutionId(),
                before.tier(), status, before.createdAt(), before.since(), later(before.updatedAt()));
        entitlements.put(place, after);
        audit.append(actor, after.active() ? "entitlement.resumed" : "entitlement.suspended", customerId,
                Map.of("solution", place.solutionId()));
        return after;
    }

    static MarketplaceException unknownEntitlement() {
        return new MarketplaceException(Problem.ENTITLEMENT_UNKNOWN, "The customer has no access to this solution.");
    }

    private Place place(String customerId, String solutionId, String tier) {
        CatalogEntry solution = catalog.require(solutionId);
        Customer customer = customer(customerId);
        if (tier.equals(Tiers.ANONYMOUS) || solution.tier(tier).isEmpty()) {
            throw new MarketplaceException(Problem.TIER_UNKNOWN, "The solution has no such tier to give.");
        }
        return new Place(customer.id(), solution.id());
    }

    private Customer customer(String customerId) {
        return customers.find(customerId)
                .orElseThrow(() -> new MarketplaceException(Problem.CUSTOMER_UNKNOWN, "There is no such customer."));
    }

    private Entitlement made(Place place, String tier) {
        Instant now = later(Instant.EPOCH);
        Entitlement made = new Entitlement("ent_" + UUID.randomUUID(), place.customerId(),
                customer(place.customerId()).email().value(), place.solutionId(), tier, Entitlement.Status.ACTIVE,
                now, now, now);
        entitlements.put(place, made);
        return made;
    }

    private Entitlement moved(Entitlement before, String tier) {
        return new Entitlement(before.id(), before.customerId(), before.email(), before.solutionId(), tier,
                before.status(), before.createdAt(), later(before.since()), later(before.updatedAt()));
    }

    /** Now, but never before {@code earliest}: time kept with an entitlement does not run backwards. */
    private Instant later(Instant earliest) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return now.isBefore(earliest) ? earliest : now;
    }
}

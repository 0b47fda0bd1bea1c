package com.cloudnestle.marketplace.exactness.schedule;

import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.entitlement.EntitlementService;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Entitlements as one node knows them: the same object until the node learns of a change, which on other nodes than the one
 * that made it happens some time later.
 */
public final class KnownEntitlements implements EntitlementService {

    private final Map<String, Entitlement> known = new ConcurrentHashMap<>();

    static Entitlement entitlement(String customerId, String tier, Instant since) {
        return new Entitlement("ent_" + customerId, customerId, customerId + "@example.com", FixedCatalog.SOLUTION, tier,
                Entitlement.Status.ACTIVE, since, since, since);
    }

    /** Entitlements to the one solution, one per customer. */
    public static KnownEntitlements of(String tier, Instant since, String... customers) {
        KnownEntitlements all = new KnownEntitlements();
        for (String customer : customers) {
            all.learn(entitlement(customer, tier, since));
        }
        return all;
    }

    void learn(Entitlement entitlement) {
        known.put(entitlement.customerId(), entitlement);
    }

    @Override
    public Optional<Entitlement> find(String customerId, String solutionId) {
        return Optional.ofNullable(known.get(customerId));
    }

    @Override
    public List<Entitlement> ofCustomer(String customerId) {
        return List.copyOf(known.values());
    }

    @Override
    public EntitlementPage ofSolution(String solutionId, int limit, @Nullable String cursor) {
        return new EntitlementPage(List.copyOf(known.values()), Optional.empty());
    }

    @Override
    public Entitlement grant(String customerId, String solutionId, String tier, String actor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public TierChange changeTier(String customerId, String solutionId, String tier, String actor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Entitlement setStatus(String customerId, String solutionId, Entitlement.Status status, String actor) {
        throw new UnsupportedOperationException();
    }
}

package com.cloudnestle.marketplace.entitlement.internal;
import com.cloudnestle.marketplace.audit.AuditLog;
import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.identity.CustomerDirectory;
import com.cloudnestle.marketplace.identity.Suspensions;
import com.cloudnestle.marketplace.platform.ServerSecrets;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.testing.FixedSecrets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Settings of caches for tests. */
final class Caches {

    private Caches() {}

    /** The service over settings of caches, with nothing old in its store. */
    static StoredEntitlements entitlements(CacheSettings settings, CatalogService catalog, CustomerDirectory customers,
            AuditLog audit, InstantSource clock) {
        return entitlements(settings, catalog, customers, audit, clock, customer -> false);
    }

    static StoredEntitlements entitlements(CacheSettings settings, CatalogService catalog, CustomerDirectory customers,
            AuditLog audit, InstantSource clock, Suspensions suspensions) {
        return new StoredEntitlements(settings, catalog, customers, audit, clock,
                OldWorld.read(settings, catalog, customers, audit, clock), suspensions, new FixedSecrets(),
                new TierNews(settings.store(), List.of()));
    }

    static DerivedSolutionTokens tokens(CacheSettings settings, CatalogService catalog, CustomerDirectory customers,
            ServerSecrets secrets, AuditLog audit, InstantSource clock) {
        return tokens(settings, catalog, customers, secrets, audit, clock, customer -> false);
    }

    static DerivedSolutionTokens tokens(CacheSettings settings, CatalogService catalog, CustomerDirectory customers,
            ServerSecrets secrets, AuditLog audit, InstantSource clock, Suspensions suspensions) {
        return new DerivedSolutionTokens(settings, catalog, secrets, audit, clock,
                OldWorld.read(settings, catalog, customers, audit, clock), suspensions);
    }

    /** As the product has them by default, over a store whose data nobody else writes. */
    static CacheSettings of(Store store) {
        return new CacheSettings(store, Duration.ofSeconds(2), 200_000, () -> 0);
    }

    /** Ages are measured by the clock. */
    static CacheSettings of(Store store, InstantSource clock, Duration age) {
        return new CacheSettings(store, age, 200_000, () -> {
            Instant now = clock.instant();
            return now.getEpochSecond() * 1_000_000_000L + now.getNano();
        });
    }
}

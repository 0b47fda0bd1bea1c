package com.cloudnestle.marketplace.entitlement.internal;
import com.cloudnestle.marketplace.audit.AuditLog;
import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.entitlement.SolutionTokens.TokenHolder;
import com.cloudnestle.marketplace.identity.CustomerDirectory;
import com.cloudnestle.marketplace.quota.CarriedUsage;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.StoreScan;
import com.cloudnestle.marketplace.testing.FixedSecrets;
import com.cloudnestle.marketplace.testing.ForwardingStore;
import com.cloudnestle.marketplace.testing.InMemoryCarriedUsage;
import com.cloudnestle.marketplace.testing.InMemoryCatalog;
import com.cloudnestle.marketplace.testing.InMemoryCustomers;
import com.cloudnestle.marketplace.testing.InMemoryStore;
import com.cloudnestle.marketplace.testing.ManualClock;
import com.cloudnestle.marketplace.testing.RecordingAuditLog;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** The services over a store in which older software left entitlements, on the day the documents' examples count. */
final class OldWorld {

    static final String FINDER = "aws-solution-finder";
    static final String TOKEN = "generated-token-string";

    final ManualClock clock = new ManualClock(Instant.parse("2025-11-23T12:00:00Z"));
    final ForwardingStore data;
    final RecordingAuditLog audit = new RecordingAuditLog(clock);
    final InMemoryCustomers customers = new InMemoryCustomers(clock);
    final InMemoryCatalog catalog = InMemoryCatalog.of(
            SolutionDescriptor.of(FINDER, "Finder", "Finds.", "search").withAliases("finder"),
            SolutionDescriptor.of("faiss", "Faiss", "Finds.", "lookup"));

    private final CarriedUsage usage;

    OldWorld() {
        data = new ForwardingStore(new InMemoryStore(clock));
        usage = new InMemoryCarriedUsage(clock);
    }

    /** @param store also offers {@link StoreScan} */
    OldWorld(Function<InstantSource, Store> store, Function<InstantSource, CarriedUsage> usage) {
        this.data = new ForwardingStore(store.apply(clock));
        this.usage = usage.apply(clock);
    }

    /** What one process has, over the same data. */
    final class Process {
        final LegacyEntitlements legacy;
        final StoredEntitlements entitlements;
        final DerivedSolutionTokens tokens;
        final StoredMigration migration;

        Process(Store store) {
            CacheSettings settings = Caches.of(store);
            legacy = unread(settings, catalog, customers, audit, clock);
            legacy.usage = usage;
            entitlements = new StoredEntitlements(settings, catalog, customers, audit, clock, legacy, customer -> false,
                    new FixedSecrets(), new TierNews(store, List.of()));
            tokens = new DerivedSolutionTokens(settings, catalog, new FixedSecrets(), audit, clock, legacy,
                    customer -> false);
            migration = new StoredMigration(store, (StoreScan) store, legacy, clock, 3);
        }

        Process started() {
            legacy.index().pass();
            return this;
        }
    }

    Process start() {
        return new Process(data).started();
    }

    OldWorld with(Item... items) {
        for (Item item : items) {
            data.put(item);
        }
        return this;
    }

    long carriedToday(Entitlement entitlement) {
        return InMemoryCarriedUsage.today(data, entitlement.customerId(), entitlement.solutionId(), action(entitlement));
    }

    String action(Entitlement entitlement) {
        return catalog.require(entitlement.solutionId()).defaultAction();
    }

    static Entitlement of(Process process, TokenHolder holder) {
        return process.entitlements.find(holder.customerId(), holder.solutionId()).orElseThrow();
    }

    /** Over a store that was looked through, so that nothing old is expected that is not there now. */
    static LegacyEntitlements read(
            CacheSettings settings, CatalogService catalog, CustomerDirectory customers, AuditLog audit, InstantSource clock) {
        LegacyEntitlements legacy = unread(settings, catalog, customers, audit, clock);
        legacy.index().pass();
        return legacy;
    }

    private static LegacyEntitlements unread(
            CacheSettings settings, CatalogService catalog, CustomerDirectory customers, AuditLog audit, InstantSource clock) {
        LegacyEntitlements legacy = new LegacyEntitlements(settings, (StoreScan) settings.store(), catalog, customers, audit,
                clock, Executors.newSingleThreadScheduledExecutor());
        legacy.usage = new InMemoryCarriedUsage(clock);
        return legacy;
    }
}

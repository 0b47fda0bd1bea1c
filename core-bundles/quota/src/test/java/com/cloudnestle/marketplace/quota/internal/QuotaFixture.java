package com.cloudnestle.marketplace.quota.internal;

import com.cloudnestle.marketplace.catalog.Limit;
import com.cloudnestle.marketplace.catalog.Meter;
import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.catalog.Window;
import com.cloudnestle.marketplace.quota.AccessRequest;
import com.cloudnestle.marketplace.quota.Decision;
import com.cloudnestle.marketplace.quota.Subject;
import com.cloudnestle.marketplace.quota.UsageHistory;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.testing.FixedNodes;
import com.cloudnestle.marketplace.testing.InMemoryCatalog;
import com.cloudnestle.marketplace.testing.InMemoryCustomers;
import com.cloudnestle.marketplace.testing.InMemoryEntitlements;
import com.cloudnestle.marketplace.testing.InMemoryStore;
import com.cloudnestle.marketplace.testing.ManualClock;
import com.cloudnestle.marketplace.testing.RecordingAuditLog;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** The real quota service between fakes, with one solution of two meters and one customer. */
final class QuotaFixture {

    static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    static final String SOLUTION = "finder";
    static final String SEARCH = "search";

    final ManualClock clock = new ManualClock(NOON);
    final InMemoryStore store;
    int running = 1;
    private int made;
    final InMemoryCatalog catalog = new InMemoryCatalog();
    final RecordingAuditLog audit = new RecordingAuditLog(clock);
    final InMemoryCustomers customers = new InMemoryCustomers(clock);
    final InMemoryEntitlements entitlements = new InMemoryEntitlements(catalog, customers, audit, clock);
    final Subject.User ann;
    final Subject.Visitor visitor = new Subject.Visitor("anon_0123");
    final QuotaSettings settings;
    final QuotaEngine quotas;
    final UsageHistory journal;

    QuotaFixture(String... keptPairs) {
        this(QuotaSettings.defaults().keepingUsageOn(keptPairs));
    }

    QuotaFixture(QuotaSettings settings) {
        this(settings, false);
    }

    /** @param shared whether the store is one of several nodes */
    QuotaFixture(QuotaSettings settings, boolean shared) {
        this.settings = settings;
        store = new InMemoryStore(clock, shared);
        publish();
        ann = new Subject.User(customers.findOrCreate("ann@example.com").id());
        quotas = over(store);
        journal = quotas.history();
    }

    /** A further engine, as another node has it, over a store of its own making. */
    QuotaEngine over(Store otherStore) {
        return over(otherStore, clock, settings);
    }

    QuotaEngine over(Store otherStore, InstantSource itsClock, QuotaSettings itsSettings) {
        return QuotaEngine.create(otherStore, catalog, entitlements, audit, nodes(), itsClock, itsSettings);
    }

    private FixedNodes nodes() {
        return new FixedNodes("node_%016x".formatted(++made), running);
    }

    static SolutionDescriptor descriptor() {
        return new SolutionDescriptor(SOLUTION, List.of("faiss"), "Finder", "", "",
                List.of(new Meter(SEARCH, "search"), new Meter("export", "page")), "daily", List.of(), "", Optional.empty());
    }

    /** Publishes the solution with these tiers, or with the profile 3 for life, 10 a day, unlimited. */
    void publish(TierPlan... tiers) {
        catalog.publish(tiers.length == 0 ? descriptor() : descriptor().withTiers(tiers));
    }

    void tier(String tier) {
        entitlements.changeTier(ann.customerId(), SOLUTION, tier, "test");
    }

    Decision take(Subject subject) {
        return quotas.decide(AccessRequest.one(subject, SOLUTION, SEARCH));
    }

    AccessRequest request(Subject subject, long units) {
        return AccessRequest.one(subject, SOLUTION, SEARCH).withUnits(units);
    }

    /** How many of {@code calls} single calls are allowed. */
    int allowed(Subject subject, int calls) {
        int allowed = 0;
        for (int i = 0; i < calls; i++) {
            allowed += take(subject) instanceof Decision.Allowed ? 1 : 0;
        }
        return allowed;
    }

    long remaining(Subject subject) {
        return quotas.state(subject, SOLUTION, SEARCH).remaining();
    }

    static Limit perDay(long amount) {
        return new Limit(SEARCH, new Window.Day(ZoneOffset.UTC), amount);
    }

    static Limit forLife(long amount) {
        return new Limit(SEARCH, new Window.Lifetime(), amount);
    }
}

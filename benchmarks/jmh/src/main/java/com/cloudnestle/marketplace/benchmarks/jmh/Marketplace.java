package com.cloudnestle.marketplace.benchmarks.jmh;

import com.cloudnestle.marketplace.audit.AuditLog;
import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.catalog.Limit;
import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.catalog.Window;
import com.cloudnestle.marketplace.entitlement.EntitlementService;
import com.cloudnestle.marketplace.entitlement.SolutionTokens;
import com.cloudnestle.marketplace.identity.CustomerDirectory;
import com.cloudnestle.marketplace.identity.EmailAddress;
import com.cloudnestle.marketplace.platform.Nodes;
import com.cloudnestle.marketplace.platform.ServerSecrets;
import com.cloudnestle.marketplace.quota.AccessRequest;
import com.cloudnestle.marketplace.quota.Decision;
import com.cloudnestle.marketplace.quota.QuotaService;
import com.cloudnestle.marketplace.quota.Subject;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.StoreException;
import com.cloudnestle.marketplace.testing.FixedSecrets;
import com.cloudnestle.marketplace.testing.RecordingAuditLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/** The control plane of one process with one solution of two tiers, over a given store or the embedded one. */
final class Marketplace implements AutoCloseable {

    static final String SOLUTION = "benchmark";
    static final String ACTION = "call";
    static final String LARGE_TIER = "registered";
    static final String SMALL_TIER = "small";

    /** Units per day that no benchmark reaches. */
    static final long LARGE = 1_000_000_000_000L;

    /** Units for life of the small tier. */
    static final long SMALL = 1_000;

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    final Store store;
    final QuotaService quota;
    final SolutionTokens tokens;
    private final Wiring wiring;
    private final CustomerDirectory customers;
    private final EntitlementService entitlements;

    /** Over the embedded store in this directory. */
    static Marketplace onDisk(Path directory, Map<String, Object> settings) throws IOException {
        return onDisk(directory, settings, store -> store);
    }

    /** @param around put around the store before anybody uses it */
    static Marketplace onDisk(Path directory, Map<String, Object> settings, UnaryOperator<Store> around) throws IOException {
        System.setProperty("karaf.data", directory.toString());
        Wiring wiring = wiring(settings);
        wiring.give(Store.class, around.apply(wiring.get(Store.class)));
        return new Marketplace(wiring, settings);
    }

    /** Over a store that was made elsewhere. */
    static Marketplace over(Store store, Path directory, Map<String, Object> settings) throws IOException {
        System.setProperty("karaf.data", directory.toString());
        return new Marketplace(wiring(settings).give(Store.class, store), settings);
    }

    private static Wiring wiring(Map<String, Object> settings) throws IOException {
        InstantSource clock = Clock.systemUTC();
        return new Wiring(new HashMap<>(settings))
                .give(InstantSource.class, clock)
                .give(ServerSecrets.class, new FixedSecrets())
                .give(AuditLog.class, new RecordingAuditLog(clock))
                .give(Nodes.class, new OneNode(clock.instant()));
    }

    private Marketplace(Wiring wiring, Map<String, Object> settings) {
        this.wiring = wiring;
        store = wiring.get(Store.class);
        wiring.get(CatalogService.class).publish(SolutionDescriptor.of(SOLUTION, "Benchmark", "", ACTION).withTiers(
                TierPlan.of("anonymous", new Limit(ACTION, new Window.Lifetime(), 3)),
                TierPlan.of(LARGE_TIER, new Limit(ACTION, new Window.Day(ZoneOffset.UTC), LARGE)),
                TierPlan.of(SMALL_TIER, new Limit(ACTION, new Window.Lifetime(), SMALL))));
        customers = wiring.get(CustomerDirectory.class);
        entitlements = wiring.get(EntitlementService.class);
        tokens = wiring.get(SolutionTokens.class);
        quota = wiring.get(QuotaService.class);
        wiring.requireSettingsUsed();
    }

    /** A customer with a token of the solution. Waits while a fresh store is still being looked through for older data. */
    Member join(int number, String tier) {
        long began = System.nanoTime();
        while (true) {
            try {
                return joined(number, tier);
            } catch (StoreException.Unavailable e) {
                if (System.nanoTime() - began > PATIENCE_NANOS) {
                    throw e;
                }
                LockSupport.parkNanos(PATIENCE_NANOS / 1000);
            }
        }
    }

    private Member joined(int number, String tier) {
        String customer = customers.findOrCreate(EmailAddress.parse("email", tier + "-" + number + "@example.com")).id();
        entitlements.grant(customer, SOLUTION, tier, "benchmark");
        return new Member(customer, tokens.issue(customer, SOLUTION, "benchmark").token());
    }

    /** Whether one more unit was given. */
    boolean take(String customer) {
        return quota.decide(AccessRequest.one(new Subject.User(customer), SOLUTION, ACTION)) instanceof Decision.Allowed;
    }

    @Override
    public void close() {
        wiring.close();
    }

    record Member(String customer, String token) {}

    private record OneNode(java.time.Instant since) implements Nodes {

        @Override
        public String self() {
            return "node_0123456789abcdef";
        }

        @Override
        public int running() {
            return 1;
        }

        @Override
        public List<Node> all() {
            return List.of(new Node(self(), "http://127.0.0.1:8181", since, since));
        }
    }
}

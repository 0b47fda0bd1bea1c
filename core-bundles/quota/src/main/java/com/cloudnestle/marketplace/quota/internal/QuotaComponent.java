package com.cloudnestle.marketplace.quota.internal;
import com.cloudnestle.marketplace.audit.AuditLog;
import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.entitlement.EntitlementService;
import com.cloudnestle.marketplace.platform.Nodes;
import com.cloudnestle.marketplace.quota.QuotaListener;
import com.cloudnestle.marketplace.quota.QuotaMetrics;
import com.cloudnestle.marketplace.quota.Subject;
import com.cloudnestle.marketplace.quota.UsageHistory;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.StoreException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the one engine of this process, with a thread that sweeps behind it. */
@Component(
        configurationPid = "com.cloudnestle.marketplace.quota",
        service = {QuotaComponent.class, UsageHistory.class, QuotaMetrics.class})
@Designate(ocd = QuotaComponent.Config.class)
public final class QuotaComponent implements UsageHistory, QuotaMetrics {

    /** Two underscores stand for one in the name of the key; one alone would stand for a dot. */
    @ObjectClassDefinition(name = "Marketplace quota")
    @interface Config {
        @AttributeDefinition(description = "Tier changes that keep what was used, as from>to, e.g. registered>pro. All others start at 0.")
        String[] keep__usage__on() default {};

        @AttributeDefinition(description = "Days without use after which a visitor's counters are forgotten")
        int visitor__retention__days() default 400;

        @AttributeDefinition(description = "Units counted ahead of use, so that one write serves many calls; 1: a write for each")
        int lease__units() default QuotaSettings.DEFAULT_LEASE_UNITS;

        @AttributeDefinition(description = "Limits below this amount are never counted ahead")
        long lease__from__limit() default 100;

        @AttributeDefinition(description = "Seconds without use after which units counted ahead go back to the store")
        int hand__back__after__seconds() default 30;

        @AttributeDefinition(description = "How many seconds an answer about a store shared with other nodes may be old")
        int cache__seconds() default 2;

        @AttributeDefinition(description = "How many seconds a refusal holds without asking a shared store again")
        int negative__cache__seconds() default 5;

        @AttributeDefinition(description = "Counters kept in memory at most")
        int max__accounts() default 500_000;
    }

    private static final Logger LOG = LoggerFactory.getLogger(QuotaComponent.class);

    private static final int TICK_SECONDS = 5;

    private static final int WARN_SECONDS = 1;
    private static final long LAST_WARNINGS_SECONDS = 2;

    private final QuotaEngine engine;
    private final ScheduledExecutorService sweeping;
    private final ScheduledExecutorService warning;

    /** They need much else of the platform; they come when they can. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    final List<QuotaListener> listeners = new CopyOnWriteArrayList<>();

    @Activate
    public QuotaComponent(
            @Reference Store store,
            @Reference CatalogService catalog,
            @Reference EntitlementService entitlements,
            @Reference AuditLog audit,
            @Reference Nodes nodes,
            @Reference InstantSource clock,
            Config config) {
        QuotaSettings settings = ConfiguredSettings.of(config);
        engine = QuotaEngine.create(store, catalog, entitlements, audit, nodes, clock, settings);
        sweeping = thread("marketplace-quota-sweeper");
        warning = thread("marketplace-quota-warnings");
        warning.scheduleWithFixedDelay(this::warn, WARN_SECONDS, WARN_SECONDS, TimeUnit.SECONDS);
        sweeping.scheduleWithFixedDelay(this::tick, TICK_SECONDS, TICK_SECONDS, TimeUnit.SECONDS);
        LOG.info("event=quota_started lease_units={} lease_from_limit={}",
                settings.leaseUnits(), settings.leaseFromLimit());
    }

    private static ScheduledExecutorService thread(String name) {
        return Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    private void warn() {
        try {
            engine.warn(listeners);
        } catch (RuntimeException e) { // would end the rounds for good
            LOG.error("event=quota_warnings_failed", e);
        }
    }

    /** Whatever goes wrong in one round, the next one comes. */
    private void tick() {
        try {
            engine.tick();
        } catch (StoreException e) { // the store says more itself
            LOG.warn("event=quota_sweep_failed reason=\"{}\"", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("event=quota_sweep_failed", e);
        }
    }

    @Deactivate
    void stop() {
        sweeping.shutdown();
        warning.execute(this::warn);
        warning.shutdown();
        engine.close();
        try {
            if (!warning.awaitTermination(LAST_WARNINGS_SECONDS, TimeUnit.SECONDS)) {
                LOG.info("event=quota_warnings_interrupted; they come again with the next use");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        warning.shutdownNow();
    }

    QuotaEngine engine() {
        return engine;
    }

    @Override
    public UsagePage usage(
            Subject subject, LocalDate from, LocalDate to, @Nullable String solutionId, int limit, @Nullable String cursor) {
        return engine.history().usage(subject, from, to, solutionId, limit, cursor);
    }

    @Override
    public long decisions() {
        return engine.metrics().decisions();
    }

    @Override
    public long denials() {
        return engine.metrics().denials();
    }

    @Override
    public long blocksTaken() {
        return engine.metrics().blocksTaken();
    }

    @Override
    public long storeWrites() {
        return engine.metrics().storeWrites();
    }

    @Override
    public long unitsHandedBack() {
        return engine.metrics().unitsHandedBack();
    }

    @Override
    public long unitsLost() {
        return engine.metrics().unitsLost();
    }

    @Override
    public long liveBlocks() {
        return engine.metrics().liveBlocks();
    }

    @Override
    public long accounts() {
        return engine.metrics().accounts();
    }
}

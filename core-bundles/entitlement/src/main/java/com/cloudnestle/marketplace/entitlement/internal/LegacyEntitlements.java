package com.cloudnestle.marketplace.entitlement.internal;

import com.cloudnestle.marketplace.audit.AuditLog;
import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.entitlement.internal.LegacyEntitlement.Malformed;
import com.cloudnestle.marketplace.entitlement.internal.LegacyEntitlement.NotInstalled;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Customer;
import com.cloudnestle.marketplace.identity.CustomerDirectory;
import com.cloudnestle.marketplace.platform.ReadinessCheck;
import com.cloudnestle.marketplace.quota.CarriedUsage;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.StoreAdmin;
import com.cloudnestle.marketplace.store.StoreException;
import com.cloudnestle.marketplace.store.StoreScan;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.WriteWatcher;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The entitlements that older software left behind: found by token, customer or key, and upgraded at their first use. The
 * server is not ready before it has once looked through all entitlements, and looks again every ten minutes while old ones
 * are left, and when data were imported or restored.
 */
@Component(service = {LegacyEntitlements.class, ReadinessCheck.class})
public final class LegacyEntitlements implements ReadinessCheck {

    private static final Logger LOG = LoggerFactory.getLogger(LegacyEntitlements.class);

    private static final long PASS_SECONDS = 600;
    private static final long RETRY_SECONDS = 5;
    /** One item is not complained of more often than this. */
    private static final long COMPLAINT_NANOS = TimeUnit.MINUTES.toNanos(10);
    private static final int MAX_COMPLAINTS = 10_000;

    private final Store store;
    private final CustomerDirectory customers;
    private final LegacyIndex index;
    private final LegacyUpgrade upgrade;
    private final ScheduledExecutorService passes;
    private final Store.Registration watching;
    private boolean stopped;
    private @Nullable ScheduledFuture<?> nextPass;
    private final Map<Key, Long> complaints = new LinkedHashMap<>();
    private final LongSupplier nanos;

    /** Counts belong to the quota service, which itself needs the entitlements: so it may come later than this. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    volatile @Nullable CarriedUsage usage;

    @Activate
    public LegacyEntitlements(
            @Reference CacheSettings settings,
            @Reference StoreScan scan,
            @Reference CatalogService catalog,
            @Reference CustomerDirectory customers,
            @Reference AuditLog audit,
            @Reference InstantSource clock) {
        this(settings, scan, catalog, customers, audit, clock, Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "legacy-entitlements");
            thread.setDaemon(true);
            return thread;
        }));
        passIn(0);
    }

    LegacyEntitlements(CacheSettings settings, StoreScan scan, CatalogService catalog, CustomerDirectory customers,
            AuditLog audit, InstantSource clock, ScheduledExecutorService passes) {
        this.store = settings.store();
        this.nanos = settings.nanos();
        this.customers = customers;
        this.index = new LegacyIndex(store, scan, clock);
        this.upgrade = new LegacyUpgrade(store, catalog, customers, this::usage, audit, clock, index);
        this.passes = passes;
        this.watching = store.watch(Table.SYSTEM, new WriteWatcher() {
            @Override
            public void written(Key key) {
                if (key.equals(StoreAdmin.EPOCH_KEY)) { // the last write of an import
                    everything();
                }
            }

            @Override
            public void everything() {
                index.forget();
                passIn(0);
            }
        });
    }

    @Deactivate
    synchronized void stop() {
        stopped = true;
        watching.close();
        passes.shutdownNow();
    }

    LegacyIndex index() {
        return index;
    }

    LegacyUpgrade upgrades() {
        return upgrade;
    }

    @Override
    public String name() {
        return "old-entitlements";
    }

    @Override
    public Optional<String> problem() {
        return index.complete()
                ? Optional.empty()
                : Optional.of("the entitlements are being looked through for those of older software; if this lasts, the"
                        + " log names what the store answers");
    }

    /**
     * Upgrades the old entitlement with this token.
     *
     * @return whether there was one, so that the token should be looked up again
     * @throws MarketplaceException {@code entitlement-unreadable} (500), {@code solution-unavailable} (503),
     *     {@code store-unavailable} (503) before the first pass is over
     */
    boolean upgradeByToken(TokenHash token) {
        Optional<Key> key = index.byToken(token);
        key.ifPresent(this::upgrade);
        return key.isPresent();
    }

    private boolean upgradeByCustomer(String customerId, CatalogEntry solution) {
        if (index.empty()) {
            return false;
        }
        Optional<Key> key = customers.find(customerId).map(Customer::email).flatMap(email -> index.byEmail(email, solution));
        key.ifPresent(this::upgrade);
        return key.isPresent();
    }

    /**
     * The item of an entitlement in its present form, upgraded if an old one stands there or under the customer's address.
     * Errors as {@link #upgradeByToken}.
     */
    Optional<Item> present(String customerId, CatalogEntry solution, Key key) {
        Optional<Item> item = store.get(key);
        if (item.isPresent() && !LegacyEntitlement.isOld(item.get())) {
            return item;
        }
        if (item.isPresent()) {
            upgrade(key);
        } else if (!upgradeByCustomer(customerId, solution)) {
            return item;
        }
        return store.get(key).filter(after -> !LegacyEntitlement.isOld(after));
    }

    /** Whether there is nothing old at all; errors as {@link #upgradeByToken}. */
    boolean none() {
        return index.empty();
    }

    /** Upgrades all that lie in one partition and can be read; complains of the others. */
    void upgradePartition(String partition) {
        Optional<String> cursor = Optional.empty();
        do {
            Page page = store.query(Table.ENTITLEMENTS, partition, EntitlementItem.SOLUTION, false, Store.MAX_PAGE,
                    cursor.orElse(null));
            page.items().stream().filter(LegacyEntitlement::isOld).map(Item::key).forEach(key -> {
                if (upgrade.upgrade(key) instanceof LegacyUpgrade.Left left && left.why() instanceof Malformed malformed) {
                    complain(key, malformed.reason());
                }
            });
            cursor = page.cursor();
        } while (cursor.isPresent());
    }

    /** Upgrades what lies under the customer's e-mail address. */
    void upgradeAllOf(String customerId) {
        if (!index.empty()) {
            customers.find(customerId).ifPresent(
                    customer -> upgradePartition(EntitlementItem.USER + customer.email().value()));
        }
    }

    /** Upgrades the item at the key if it is old; errors as {@link #upgradeByToken}. */
    void upgrade(Key key) {
        if (upgrade.upgrade(key) instanceof LegacyUpgrade.Left left) {
            if (left.why() instanceof NotInstalled) {
                throw new MarketplaceException(
                        Problem.SOLUTION_UNAVAILABLE, "The solution of this entitlement is not installed.");
            }
            String reason = ((Malformed) left.why()).reason();
            complain(key, reason);
            throw new MarketplaceException(
                    Problem.ENTITLEMENT_UNREADABLE, "The stored entitlement cannot be read: " + reason + ".");
        }
    }

    private void complain(Key key, String reason) {
        long now = nanos.getAsLong();
        synchronized (complaints) {
            Long before = complaints.get(key);
            if (before != null && now - before < COMPLAINT_NANOS) {
                return;
            }
            complaints.remove(key);
            complaints.put(key, now);
            if (complaints.size() > MAX_COMPLAINTS) {
                complaints.remove(complaints.keySet().iterator().next());
            }
        }
        LOG.error("event=entitlement_unreadable key={} reason={}", LegacyKeys.masked(key), reason);
    }

    private void passAndGoOn() {
        long next = RETRY_SECONDS;
        try {
            index.pass();
            next = PASS_SECONDS;
        } catch (StoreException e) {
            LOG.warn("event=legacy_pass_failed retry_seconds={}", RETRY_SECONDS, e);
        } catch (RuntimeException e) { // whatever it is, giving up would leave the server unready for ever
            LOG.error("event=legacy_pass_failed retry_seconds={}", RETRY_SECONDS, e);
        }
        passIn(next); // when all is done this reads one item: whether another node took in data
    }

    /** Instead of the pass that would have been next. */
    private synchronized void passIn(long seconds) {
        if (stopped) {
            return;
        }
        if (nextPass != null) {
            nextPass.cancel(false);
        }
        nextPass = passes.schedule(this::passAndGoOn, seconds, TimeUnit.SECONDS);
    }

    CarriedUsage usage() {
        CarriedUsage present = usage;
        if (present == null) {
            throw new StoreException.Unavailable("The counts of older software cannot be taken over yet; try again.");
        }
        return present;
    }
}

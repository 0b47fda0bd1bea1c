package com.cloudnestle.marketplace.rest.internal.health;

import com.cloudnestle.marketplace.audit.AuditLog;
import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.entitlement.EntitlementService;
import com.cloudnestle.marketplace.entitlement.SolutionTokens;
import com.cloudnestle.marketplace.identity.ApiKeys;
import com.cloudnestle.marketplace.identity.CustomerDirectory;
import com.cloudnestle.marketplace.platform.Readiness;
import com.cloudnestle.marketplace.platform.ReadinessCheck;
import com.cloudnestle.marketplace.quota.QuotaService;
import com.cloudnestle.marketplace.rest.internal.resource.ControlPlane;
import com.cloudnestle.marketplace.solution.PluginReport;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.StoreAdmin;
import com.cloudnestle.marketplace.store.StoreRefusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.service.component.AnyService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * The services the server is made of, as they are at this moment. Fields instead of a constructor, because every one of them
 * may be missing: telling that is the purpose.
 */
@Component(service = {CoreServices.class, Readiness.class})
public final class CoreServices implements Readiness {

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable Store store;

    /** Stands in the store's place when it refuses to open. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    volatile @Nullable StoreRefusal refusal;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    volatile @Nullable CatalogService catalog;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    volatile @Nullable CustomerDirectory customers;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    volatile @Nullable ApiKeys keys;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    volatile @Nullable EntitlementService entitlements;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    volatile @Nullable SolutionTokens tokens;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    volatile @Nullable QuotaService quota;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    volatile @Nullable AuditLog audit;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    volatile @Nullable ControlPlane api;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    volatile @Nullable PluginReport plugins;

    /** Karaf's sign that everything it starts with is installed, so also the solutions it ships with. Of no type we know. */
    @Reference(service = AnyService.class, target = "(objectClass=org.apache.karaf.features.BootFinished)",
            cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    volatile @Nullable Object bootFinished;

    /** What others want to have checked. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    final List<ReadinessCheck> more = new CopyOnWriteArrayList<>();

    /**
     * Whether the bundles that were there before have all been started: at a restart they come one after the other, long after
     * the features that brought them were called installed. Always true without a container.
     */
    BooleanSupplier bundlesStarted = () -> true;

    private volatile boolean wasReady;

    @Activate
    void follow(BundleContext context) {
        String beginning = Objects.requireNonNullElse(context.getProperty(Constants.FRAMEWORK_BEGINNING_STARTLEVEL), "1");
        int last = Integer.parseInt(beginning);
        FrameworkStartLevel level = context.getBundle(Constants.SYSTEM_BUNDLE_ID).adapt(FrameworkStartLevel.class);
        bundlesStarted = () -> level.getStartLevel() >= last;
    }

    /** Every check, the store's first: what fails further down mostly fails because of it. */
    List<Check> checks(MissingServices missing) {
        List<Check> checks = new ArrayList<>();
        checks.add(store(missing));
        checks.add(present("catalogue", CatalogService.class, catalog, missing));
        checks.add(present("customers", CustomerDirectory.class, customers, missing));
        checks.add(present("keys", ApiKeys.class, keys, missing));
        checks.add(present("entitlements", EntitlementService.class, entitlements, missing));
        checks.add(present("tokens", SolutionTokens.class, tokens, missing));
        checks.add(present("quota", QuotaService.class, quota, missing));
        checks.add(present("audit", AuditLog.class, audit, missing));
        checks.add(present("api", ControlPlane.class, api, missing));
        checks.add(present("plugins", PluginReport.class, plugins, missing));
        checks.add(start());
        more.forEach(check -> checks.add(check.problem()
                .map(problem -> Check.bad(check.name(), problem))
                .orElseGet(() -> Check.good(check.name()))));
        remember(checks.stream().allMatch(Check::ok));
        return checks;
    }

    @Override
    public boolean ready() {
        boolean ready = Stream.of(store, catalog, customers, keys, entitlements, tokens, quota, audit, api, plugins)
                .noneMatch(Objects::isNull) && start().ok() && more.stream().allMatch(check -> check.problem().isEmpty());
        remember(ready);
        return ready;
    }

    @Override
    public boolean wasReady() {
        return wasReady;
    }

    private void remember(boolean ready) {
        if (ready) {
            wasReady = true;
        }
    }

    /** What the plugin host knows of its plugins; nothing without a host. */
    List<PluginReport.Plugin> plugins() {
        return Optional.ofNullable(plugins).map(PluginReport::plugins).orElse(List.of());
    }

    private Check start() {
        if (bootFinished == null) {
            return Check.bad("start", "the features are still being installed; if this lasts, the log names the one that failed");
        }
        return bundlesStarted.getAsBoolean() ? Check.good("start") : Check.bad("start", "the bundles are still being started");
    }

    private Check store(MissingServices missing) {
        Store present = store;
        StoreRefusal refused = refusal;
        if (present == null) {
            return Check.bad("store", refused != null ? refused.message() : missing.why(Store.class.getName()));
        }
        try {
            present.get(StoreAdmin.EPOCH_KEY);
            return Check.good("store");
        } catch (RuntimeException e) { // whatever it is, it is the answer to the question
            return Check.bad("store", String.valueOf(e.getMessage()));
        }
    }

    private static Check present(String name, Class<?> type, @Nullable Object service, MissingServices missing) {
        return service != null ? Check.good(name) : Check.bad(name, missing.why(type.getName()));
    }
}

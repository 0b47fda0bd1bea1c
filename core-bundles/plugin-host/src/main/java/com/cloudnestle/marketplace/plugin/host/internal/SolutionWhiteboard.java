package com.cloudnestle.marketplace.plugin.host.internal;

import com.cloudnestle.marketplace.audit.AuditLog;
import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.catalog.SolutionOwners;
import com.cloudnestle.marketplace.entitlement.SolutionTokens;
import com.cloudnestle.marketplace.quota.QuotaService;
import com.cloudnestle.marketplace.quota.Visitors;
import com.cloudnestle.marketplace.rest.CallGate;
import com.cloudnestle.marketplace.rest.RestRuntime;
import com.cloudnestle.marketplace.solution.PluginReport;
import com.cloudnestle.marketplace.solution.Solution;
import com.cloudnestle.marketplace.solution.SolutionHealth;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees solution services come and go. It takes references, not services, and gets each service itself: so a plugin whose
 * constructor fails is named here like any other broken one, instead of being passed over in silence.
 */
@Component(immediate = true)
public final class SolutionWhiteboard implements PluginReport {

    private static final Logger LOG = LoggerFactory.getLogger(SolutionWhiteboard.class);

    private static final long RETRY_SECONDS = 5;

    private final BundleContext context;
    private final PluginHost host;
    private final UnresolvedPlugins unresolved;
    private final ScheduledExecutorService retries = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "marketplace-plugin-retry");
        thread.setDaemon(true);
        return thread;
    });

    @Activate
    public SolutionWhiteboard(
            BundleContext context,
            @Reference CatalogService catalog,
            @Reference SolutionOwners owners,
            @Reference RestRuntime rest,
            @Reference SolutionTokens tokens,
            @Reference PersonKeys keys,
            @Reference Visitors visitors,
            @Reference QuotaService quotas,
            @Reference AuditLog audit,
            @Reference InstantSource clock) {
        this(context, new PluginHost(
                new Stage(catalog, rest, gates(new CallSubjects(tokens, keys, visitors), quotas, clock)),
                new Ownership(owners), journal(audit), clock));
    }

    private static Function<SolutionDescriptor, CallGate> gates(CallSubjects subjects, QuotaService quotas, InstantSource clock) {
        return solution -> new SolutionGate(solution, subjects, quotas, clock);
    }

    private SolutionWhiteboard(BundleContext context, PluginHost host) {
        this(context, host, new UnresolvedPlugins(context, host));
    }

    SolutionWhiteboard(BundleContext context, PluginHost host, UnresolvedPlugins unresolved) {
        this.context = context;
        this.host = host;
        this.unresolved = unresolved;
        retries.scheduleWithFixedDelay(this::retry, RETRY_SECONDS, RETRY_SECONDS, TimeUnit.SECONDS);
    }

    private void retry() {
        try {
            host.retry();
        } catch (RuntimeException e) { // else there would be no next time
            LOG.error("event=plugin_retry_failed", e);
        }
    }

    @Deactivate
    void stop() {
        retries.shutdownNow();
        unresolved.close();
    }

    @Reference(
            name = "solutions", service = Solution.class, unbind = "left",
            cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void arrived(ServiceReference<Solution> reference) {
        Bundle bundle = reference.getBundle();
        if (bundle != null) { // else it is gone already
            host.arrived(new Arrival(id(reference), bundle.getSymbolicName(), bundle.getVersion(),
                    () -> context.getService(reference), () -> WebFiles.of(bundle)));
        }
        if (reference.getBundle() == null) { // it went while it was being taken in
            host.left(id(reference));
        }
    }

    void left(ServiceReference<Solution> reference) {
        host.left(id(reference));
        context.ungetService(reference);
    }

    @Override
    public List<Plugin> plugins() {
        return host.plugins();
    }

    @Override
    public Optional<SolutionHealth> health(String solutionId) {
        return host.health(solutionId);
    }

    private static long id(ServiceReference<Solution> reference) {
        return (Long) reference.getProperty(Constants.SERVICE_ID);
    }

    /** A store that cannot take an entry right now must not keep a solution off the air. */
    private static PluginHost.Journal journal(AuditLog audit) {
        return (event, solutionId, bundle, version) -> {
            try {
                audit.append("system", event, solutionId, Map.of("bundle", bundle, "version", version));
            } catch (RuntimeException e) {
                LOG.warn("not in the audit log event={} solution={} bundle={} version={}", event, solutionId, bundle, version, e);
            }
        };
    }
}

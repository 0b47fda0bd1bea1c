package com.cloudnestle.marketplace.plugin.host.internal;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.util.tracker.BundleTracker;
import org.osgi.util.tracker.BundleTrackerCustomizer;

/**
 * Names the plugins that cannot be resolved and what they lack. Such a bundle never starts, so it registers no service
 * and there is nothing declarative services could tell of it: looking at bundles is the only way to see it.
 */
final class UnresolvedPlugins implements BundleTrackerCustomizer<ScheduledFuture<?>>, AutoCloseable {

    /** A bundle is in this state for a moment whenever it is installed. */
    private static final long PATIENCE_MILLIS = 1_000;

    /** Only bundles that use our API are our business. */
    private static final String API = "com.cloudnestle.marketplace.solution";

    private static final Pattern PACKAGE = Pattern.compile("\\(" + PackageNamespace.PACKAGE_NAMESPACE + "=([^)]+)\\)");

    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "marketplace-unresolved-plugins");
        thread.setDaemon(true);
        return thread;
    });
    private final BundleTracker<ScheduledFuture<?>> tracker;
    private final FrameworkWiring wiring;
    private final PluginHost host;

    UnresolvedPlugins(BundleContext context, PluginHost host) {
        this.host = host;
        this.wiring = context.getBundle(Constants.SYSTEM_BUNDLE_ID).adapt(FrameworkWiring.class);
        this.tracker = new BundleTracker<>(context, Bundle.INSTALLED, this);
        tracker.open();
    }

    @Override
    public void close() {
        tracker.close();
        later.shutdownNow();
    }

    @Override
    public @Nullable ScheduledFuture<?> addingBundle(Bundle bundle, @Nullable BundleEvent event) {
        String imports = bundle.getHeaders("").get(Constants.IMPORT_PACKAGE);
        if (imports == null || !imports.contains(API)) {
            return null;
        }
        return later.scheduleWithFixedDelay(() -> look(bundle), PATIENCE_MILLIS, PATIENCE_MILLIS * 10, TimeUnit.MILLISECONDS);
    }

    @Override
    public void modifiedBundle(Bundle bundle, @Nullable BundleEvent event, ScheduledFuture<?> looking) {
        // an update of a bundle that stays unresolved: it is looked at again anyway
    }

    @Override
    public void removedBundle(Bundle bundle, @Nullable BundleEvent event, ScheduledFuture<?> looking) {
        looking.cancel(false);
        host.resolvedOrGone(bundle.getBundleId());
    }

    void look(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        if (bundle.getState() != Bundle.INSTALLED || revision == null) {
            return;
        }
        String missing = missing(revision.getDeclaredRequirements(null));
        if (missing.isEmpty()) { // merely not started yet, or its provider came meanwhile
            host.resolvedOrGone(bundle.getBundleId());
        } else {
            host.unresolved(bundle.getBundleId(), bundle.getSymbolicName(), bundle.getVersion(), missing);
            if (bundle.getState() != Bundle.INSTALLED) { // it went on or away meanwhile, and the tracker has said so already
                host.resolvedOrGone(bundle.getBundleId());
            }
        }
    }

    private String missing(List<BundleRequirement> requirements) {
        return requirements.stream()
                .filter(UnresolvedPlugins::mandatory)
                .filter(requirement -> wiring.findProviders(requirement).isEmpty())
                .map(UnresolvedPlugins::name)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static boolean mandatory(BundleRequirement requirement) {
        Map<String, String> directives = requirement.getDirectives();
        return !Constants.RESOLUTION_OPTIONAL.equals(directives.get(Constants.RESOLUTION_DIRECTIVE))
                && !"dynamic".equals(directives.get(Constants.RESOLUTION_DIRECTIVE))
                && !Constants.EFFECTIVE_ACTIVE.equals(directives.get(Constants.EFFECTIVE_DIRECTIVE));
    }

    /** {@code package com.example.text} where possible, else the requirement as it stands. */
    private static String name(BundleRequirement requirement) {
        String filter = String.valueOf(requirement.getDirectives().get(Constants.FILTER_DIRECTIVE));
        Matcher packageName = PACKAGE.matcher(filter);
        if (!packageName.find()) {
            return requirement.getNamespace() + " " + filter;
        }
        return "package " + packageName.group(1) + (filter.contains("(version>=") ? " " + filter : "");
    }
}

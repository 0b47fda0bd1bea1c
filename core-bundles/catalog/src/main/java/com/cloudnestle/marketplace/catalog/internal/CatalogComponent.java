package com.cloudnestle.marketplace.catalog.internal;

import com.cloudnestle.marketplace.audit.AuditLog;
import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.catalog.TierProfile;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.StoreAtStart;
import com.cloudnestle.marketplace.store.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the catalogue into the container and lets it look for what others changed: profile files, and the store. */
@Component(service = CatalogService.class, configurationPid = "com.cloudnestle.marketplace.catalog")
@Designate(ocd = CatalogComponent.Config.class)
public final class CatalogComponent implements CatalogService {

    @ObjectClassDefinition(name = "Marketplace catalogue")
    @interface Config {
        @AttributeDefinition(description = "Folder with the operator's tier profiles; empty: 'profiles' in the data directory")
        String profile_folder() default "";

        @AttributeDefinition(description = "Seconds between two looks into that folder, at least 1")
        long profile_poll_seconds() default 5;

        @AttributeDefinition(description = "Seconds between two looks for what other nodes changed, at least 1: assignments made"
                + " there hold here after so long at the latest. Without meaning where the store belongs to one process")
        long refresh_seconds() default 5;
    }

    private static final Logger LOG = LoggerFactory.getLogger(CatalogComponent.class);

    private final StoredCatalog catalog;
    private final ScheduledExecutorService executor;
    private final Store.Registration watch;
    /** What the last look failed with; only the executor's thread uses it. */
    private String lastFailure = "";
    private String lastRefreshFailure = "";

    @Activate
    public CatalogComponent(
            @Reference Store store, @Reference AuditLog audit, @Reference InstantSource clock, Config config) {
        Path folder = folder(config.profile_folder());
        catalog = StoreAtStart.ask(() -> new StoredCatalog(
                new SolutionItems(store), new TierProfiles(store, new ProfileFolder(folder)), audit, clock));
        executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "marketplace-catalog");
            thread.setDaemon(true);
            return thread;
        });
        every(config.profile_poll_seconds(), this::look);
        every(config.refresh_seconds(), this::refresh);
        watch = store.watch(Table.SOLUTIONS, catalog.watcher(this::refreshSoon));
    }

    private void every(long seconds, Runnable task) {
        long delay = Math.max(1, seconds);
        executor.scheduleWithFixedDelay(task, delay, delay, TimeUnit.SECONDS);
    }

    /** On the thread of whoever wrote, who must not suffer for a catalogue that is being closed. */
    private void refreshSoon() {
        try {
            executor.execute(this::refresh);
        } catch (RejectedExecutionException e) {
            LOG.debug("event=catalogue_not_refreshed reason=closed");
        }
    }

    @Deactivate
    public void close() {
        watch.close();
        executor.shutdownNow();
    }

    /** Says once when looking begins to fail and goes on trying. */
    private void look() {
        try {
            catalog.reloadProfiles();
            lastFailure = "";
        } catch (IOException | RuntimeException e) {
            if (!lastFailure.equals(e.toString())) {
                lastFailure = e.toString();
                LOG.error("tier profiles not looked for, those in force stay", e);
            }
        }
    }

    /** As {@link #look}; what failed is tried again with the next one. */
    private void refresh() {
        try {
            catalog.refresh();
            lastRefreshFailure = "";
        } catch (RuntimeException e) {
            if (!lastRefreshFailure.equals(e.toString())) {
                lastRefreshFailure = e.toString();
                LOG.warn("event=catalogue_not_refreshed reason=\"{}\"; it stays as it was", e.toString());
            }
        }
    }

    private static Path folder(String configured) {
        if (!configured.isBlank()) {
            return Path.of(configured.strip());
        }
        String data = System.getProperty("karaf.data");
        if (data == null || data.isBlank()) {
            throw new IllegalStateException("the system property karaf.data must name the data directory");
        }
        return Path.of(data, "profiles");
    }

    @Override
    public List<CatalogEntry> entries() {
        return catalog.entries();
    }

    @Override
    public Optional<CatalogEntry> find(String idOrAlias) {
        return catalog.find(idOrAlias);
    }

    @Override
    public CatalogEntry require(String idOrAlias) {
        return catalog.require(idOrAlias);
    }

    @Override
    public CatalogEntry publish(SolutionDescriptor descriptor) {
        return catalog.publish(descriptor);
    }

    @Override
    public void withdraw(String id) {
        catalog.withdraw(id);
    }

    @Override
    public List<TierProfile> profiles() {
        return catalog.profiles();
    }

    @Override
    public CatalogEntry assignProfile(String solutionId, Optional<String> profile, String actor) {
        return catalog.assignProfile(solutionId, profile, actor);
    }
}

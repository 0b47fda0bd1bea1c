package com.cloudnestle.marketplace.plugin.host.internal;

import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.plugin.host.internal.Offer.BrokenPlugin;
import com.cloudnestle.marketplace.solution.PluginReport;
import com.cloudnestle.marketplace.solution.Solution;
import com.cloudnestle.marketplace.solution.SolutionHealth;
import com.cloudnestle.marketplace.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which plugin serves which solution. One service at a time: of several versions of one bundle the newest, and never
 * another bundle than the one the id belongs to. What a plugin does wrong ends here, in one line for operators and in the report.
 */
final class PluginHost implements PluginReport {

    private static final Logger LOG = LoggerFactory.getLogger(PluginHost.class);
    private static final int MAX_REASON = 600;

    /** Told of what came and went, for the audit log. */
    interface Journal {
        void record(String event, String solutionId, String bundle, String version);
    }

    private static final class Entry {
        private final Arrival arrival;
        private @Nullable Offer offer;
        private @Nullable HealthInquiry health;
        private Stage.@Nullable Showing showing;
        private Plugin report;
        /** Kept off the air by the store alone. */
        private boolean postponed;

        private Entry(Arrival arrival, Plugin report) {
            this.arrival = arrival;
            this.report = report;
        }
    }

    private final TreeMap<Long, Entry> services = new TreeMap<>();
    private final TreeMap<Long, Plugin> unresolved = new TreeMap<>();
    private final Stage stage;
    private final Ownership ownership;
    private final Journal journal;
    private final InstantSource clock;
    private final Duration patience;

    PluginHost(Stage stage, Ownership ownership, Journal journal, InstantSource clock) {
        this(stage, ownership, journal, clock, HealthInquiry.PATIENCE);
    }

    /** @param patience how long a solution may take to say how it is */
    PluginHost(Stage stage, Ownership ownership, Journal journal, InstantSource clock, Duration patience) {
        this.stage = stage;
        this.ownership = ownership;
        this.journal = journal;
        this.clock = clock;
        this.patience = patience;
    }

    /** A solution service came. Plugin code runs outside the lock: a slow plugin holds up nobody but itself. */
    void arrived(Arrival arrival) {
        Optional<String> id = Optional.empty();
        try {
            Solution solution = Offer.solution(arrival);
            SolutionDescriptor descriptor = Offer.descriptor(solution);
            id = Optional.of(descriptor.id());
            admitOrPostpone(arrival, Offer.of(arrival, solution, descriptor));
        } catch (RuntimeException e) {
            refuse(arrival, id, e);
        }
    }

    /** Tries again what only the store has kept off the air. */
    synchronized void retry() {
        for (Entry entry : services.values().stream().filter(each -> each.postponed).toList()) {
            Offer offer = Objects.requireNonNull(entry.offer);
            services.remove(entry.arrival.serviceId());
            try {
                admitOrPostpone(entry.arrival, offer);
            } catch (RuntimeException e) {
                refuse(entry.arrival, Optional.of(offer.descriptor().id()), e);
            }
        }
    }

    private synchronized void admitOrPostpone(Arrival arrival, Offer offer) {
        try {
            admit(arrival, offer);
        } catch (StoreException e) {
            Entry entry = new Entry(arrival, report(arrival, Optional.empty(), State.FAILED, ""));
            entry.offer = offer;
            services.put(arrival.serviceId(), entry);
            postpone(entry, offer.descriptor().id(), e);
        }
    }

    private void postpone(Entry entry, String id, StoreException failure) {
        String reason = "the store cannot be asked, tried again soon: " + oneLine(String.valueOf(failure.getMessage()));
        entry.postponed = true;
        entry.report = report(entry.arrival, Optional.of(id), State.FAILED, reason);
        LOG.warn("plugin waits for the store bundle={} version={} solution={} reason={}",
                entry.arrival.bundle(), entry.arrival.version(), id, reason);
    }

    private synchronized void admit(Arrival arrival, Offer offer) {
        String id = offer.descriptor().id();
        Entry entry = new Entry(arrival, report(arrival, Optional.of(id), State.STANDBY, "waits for another version to go"));
        entry.offer = offer;
        entry.health = new HealthInquiry(id, offer.solution(), patience, System::nanoTime);
        Optional<Entry> live = live(id);
        if (live.isPresent()) {
            Arrival present = live.get().arrival;
            if (!present.bundle().equals(arrival.bundle())) {
                // It does not inherit either: a stranger must not get the customers of an id by waiting for it.
                throw new BrokenPlugin("the id " + id + " is taken by bundle " + present.bundle() + "; choose another id, or"
                        + " take that bundle out, and deploy this one again " + Ownership.gift(id, arrival.bundle()), null);
            }
            if (!arrival.newerThan(present)) {
                services.put(arrival.serviceId(), entry);
                LOG.info("solution waits id={} bundle={} version={}", id, arrival.bundle(), arrival.version());
                return;
            }
        }
        show(entry, live.orElse(null));
        services.put(arrival.serviceId(), entry);
    }

    /** A solution service went. Its calls in flight are finished. */
    synchronized void left(long serviceId) {
        Entry gone = services.remove(serviceId);
        if (gone == null) {
            return;
        }
        if (gone.health != null) {
            gone.health.close();
        }
        if (gone.showing == null) {
            return;
        }
        String id = gone.report.solutionId().orElseThrow();
        for (Entry heir : heirs(id, gone.arrival.bundle())) {
            try {
                show(heir, gone);
                return;
            } catch (StoreException e) {
                postpone(heir, id, e);
            } catch (RuntimeException e) {
                fail(heir, Optional.of(id), e);
            }
        }
        stage.close(gone.showing);
        journal.record("solution.withdrawn", id, gone.arrival.bundle(), gone.arrival.version().toString());
        LOG.info("solution withdrawn id={} bundle={} version={}", id, gone.arrival.bundle(), gone.arrival.version());
    }

    private void show(Entry entry, @Nullable Entry previous) {
        Offer offer = entry.offer;
        if (offer == null) {
            throw new IllegalStateException("nothing to show");
        }
        String id = offer.descriptor().id();
        String bundle = entry.arrival.bundle();
        if (previous == null) {
            entry.showing = ownership.take(id, bundle, () -> stage.open(offer, null), stage::close);
        } else {
            ownership.require(id, bundle);
            entry.showing = stage.open(offer, previous.showing);
        }
        entry.report = report(entry.arrival, Optional.of(id), State.RUNNING, "");
        if (previous != null) {
            previous.showing = null;
            previous.report = report(previous.arrival, Optional.of(id), State.STANDBY,
                    "version " + entry.arrival.version() + " serves the solution");
        }
        journal.record("solution.deployed", id, entry.arrival.bundle(), entry.arrival.version().toString());
        LOG.info("solution serves id={} bundle={} version={}", id, entry.arrival.bundle(), entry.arrival.version());
    }

    private synchronized void refuse(Arrival arrival, Optional<String> id, RuntimeException failure) {
        Entry entry = new Entry(arrival, report(arrival, id, State.FAILED, ""));
        services.put(arrival.serviceId(), entry);
        fail(entry, id, failure);
    }

    private void fail(Entry entry, Optional<String> id, RuntimeException failure) {
        String reason = oneLine(String.valueOf(failure.getMessage()));
        entry.offer = null;
        entry.report = report(entry.arrival, id, State.FAILED, reason);
        LOG.error("plugin refused bundle={} version={} solution={} reason={}",
                entry.arrival.bundle(), entry.arrival.version(), id.orElse("unknown"), reason);
        LOG.debug("plugin refused bundle={}", entry.arrival.bundle(), failure);
    }

    /** Plugin code wrote it: a reason must not look like further log lines. */
    private static String oneLine(String reason) {
        String line = reason.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ");
        return line.length() <= MAX_REASON ? line : line.substring(0, MAX_REASON) + "…";
    }

    /** A bundle that cannot be resolved; what it lacks is told once. */
    synchronized void unresolved(long bundleId, String bundle, Version version, String missing) {
        Plugin known = unresolved.put(bundleId,
                new Plugin(Optional.empty(), bundle, version.toString(), State.UNRESOLVED, missing, clock.instant()));
        if (known == null || !known.reason().equals(missing)) {
            LOG.warn("plugin cannot be resolved bundle={} version={} missing={}", bundle, version, missing);
        }
    }

    synchronized void resolvedOrGone(long bundleId) {
        unresolved.remove(bundleId);
    }

    @Override
    public synchronized List<Plugin> plugins() {
        return Stream.concat(
                        services.values().stream().map(entry -> entry.report), unresolved.values().stream())
                .sorted(Comparator.comparing(Plugin::bundle).thenComparing(Plugin::version))
                .toList();
    }

    /** Outside the lock, like all plugin code. */
    @Override
    public Optional<SolutionHealth> health(String solutionId) {
        return inquiry(solutionId).map(HealthInquiry::ask);
    }

    private synchronized Optional<HealthInquiry> inquiry(String id) {
        return live(id).flatMap(entry -> Optional.ofNullable(entry.health));
    }

    private Optional<Entry> live(String id) {
        return services.values().stream()
                .filter(entry -> entry.showing != null && entry.report.solutionId().equals(Optional.of(id)))
                .findFirst();
    }

    /** Who may take over, the newest first. */
    private List<Entry> heirs(String id, String bundle) {
        return services.values().stream()
                .filter(e -> e.report.state() == State.STANDBY && e.offer != null && e.arrival.bundle().equals(bundle)
                        && e.report.solutionId().equals(Optional.of(id)))
                .sorted((a, b) -> a.arrival.newerThan(b.arrival) ? -1 : 1)
                .toList();
    }

    private Plugin report(Arrival arrival, Optional<String> id, State state, String reason) {
        Instant now = clock.instant();
        return new Plugin(id, arrival.bundle(), arrival.version().toString(), state, reason, now);
    }
}

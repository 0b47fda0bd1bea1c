package com.cloudnestle.marketplace.gateway.trial.internal;

import com.cloudnestle.marketplace.payment.GatewayTrials;
import com.cloudnestle.marketplace.testing.gateway.ConformanceReport;
import com.cloudnestle.marketplace.testing.gateway.ConformanceReport.Result;
import com.cloudnestle.marketplace.testing.gateway.GatewayConformance;
import com.cloudnestle.marketplace.testing.gateway.GatewayLab;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts each gateway whose bundle registers a {@link GatewayLab} through the conformance kit, once per lab, one after the other. What
 * came out is kept as long as the lab is there.
 */
@Component(service = GatewayTrials.class, immediate = true)
public final class TriedGateways implements GatewayTrials {

    private static final Logger LOG = LoggerFactory.getLogger(TriedGateways.class);
    private static final int NAMED = 5;
    private static final Duration SLOW = Duration.ofSeconds(20);

    private record Trial(String gateway, Optional<String> problem) {}

    private final Map<GatewayLab, Trial> trials = new ConcurrentHashMap<>();
    private final Executor executor;
    private final Runnable stop;

    @Activate
    public TriedGateways() {
        this(Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, "marketplace-gateway-trial");
            thread.setDaemon(true);
            return thread;
        }));
    }

    private TriedGateways(ExecutorService own) {
        this(own, own::shutdownNow);
    }

    TriedGateways(Executor executor) {
        this(executor, () -> {});
    }

    private TriedGateways(Executor executor, Runnable stop) {
        this.executor = executor;
        this.stop = stop;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addLab(GatewayLab lab) {
        try {
            String gateway = lab.gateway().id();
            trials.put(lab, new Trial(gateway, Optional.of("it is being tried")));
            executor.execute(() -> run(lab, gateway));
        } catch (RuntimeException e) { // a bundle of anybody's must not keep the others from being tried
            LOG.error("event=gateway_lab_refused reason=\"it does not say whose it is\"", e);
        }
    }

    void removeLab(GatewayLab lab) {
        trials.remove(lab);
    }

    private void run(GatewayLab lab, String gateway) {
        ConformanceReport report = GatewayConformance.run(lab);
        if (!report.passed() && report.took().compareTo(SLOW) > 0) { // a server that has just started may be too busy for it
            LOG.warn("event=gateway_tried_again {}", report.summary());
            report = GatewayConformance.run(lab);
        }
        tell(lab, gateway, report);
    }

    private void tell(GatewayLab lab, String gateway, ConformanceReport report) {
        LOG.info("event=gateway_tried {}", report.summary());
        report.failures().forEach(failure -> LOG.error("event=gateway_failed gateway={} case=\"{}\"", gateway, failure.name()));
        trials.computeIfPresent(lab, (key, trial) -> new Trial(gateway, problem(report)));
    }

    /** Names the cases only: what exactly was said is for the author's own tests. */
    private static Optional<String> problem(ConformanceReport report) {
        if (report.passed()) {
            return Optional.empty();
        }
        String names = report.failures().stream().limit(NAMED).map(Result::name).collect(Collectors.joining("; "));
        int more = report.failures().size() - NAMED;
        return Optional.of("it failed " + report.failures().size() + " of " + report.results().size() + " trials: " + names
                + (more > 0 ? "; and " + more + " more, see the log" : ""));
    }

    @Override
    public Optional<String> problem(String gateway) {
        return trials.values().stream().filter(trial -> trial.gateway().equals(gateway)).flatMap(trial -> trial.problem().stream())
                .findFirst();
    }

    @Deactivate
    void stop() {
        stop.run();
    }
}

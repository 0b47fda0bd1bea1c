package com.cloudnestle.marketplace.exactness.processes;

import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.exactness.schedule.EngineMaker.Engine;
import com.cloudnestle.marketplace.exactness.schedule.EngineMaker.Surroundings;
import com.cloudnestle.marketplace.exactness.schedule.FixedCatalog;
import com.cloudnestle.marketplace.exactness.schedule.KnownEntitlements;
import com.cloudnestle.marketplace.quota.AccessRequest;
import com.cloudnestle.marketplace.quota.Decision;
import com.cloudnestle.marketplace.quota.QuotaState.WindowState;
import com.cloudnestle.marketplace.quota.Subject;
import com.cloudnestle.marketplace.store.StoreException;
import com.cloudnestle.marketplace.testing.FixedNodes;
import com.cloudnestle.marketplace.testing.RecordingAuditLog;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * One node of the run, a process of its own: threads that take units without pause until the run is over. An allowed unit is
 * counted after its answer. It ends with its parent.
 */
public final class NodeProcess {

    private static final LocalDate FIRST_DAY = LocalDate.ofInstant(RunClock.MIDNIGHT, ZoneOffset.UTC).minusDays(1);
    /** What a denied caller waits, so that refusals from memory do not take the processor from others. */
    private static final long DENIED_NANOS = 5_000_000;

    private final Plan plan;
    private final Tally tally;
    private final RunClock runClock;
    private final InstantSource clock;

    private NodeProcess(Plan plan) {
        this.plan = plan;
        this.tally = new Tally(plan.tally(), plan.keys());
        this.runClock = new RunClock(plan.clock());
        this.clock = () -> runClock.time(plan.skewMillis(), plan.goesBack());
    }

    /** @param arguments as {@link Plan#arguments()} makes them */
    public static void main(String[] arguments) throws Exception {
        Plan plan = Plan.parse(arguments);
        endWithParent();
        new NodeProcess(plan).run();
        Runtime.getRuntime().halt(0);
    }

    private static void endWithParent() {
        Thread watch = new Thread(() -> {
            try {
                while (System.in.read() >= 0) {
                    // nothing is ever said
                }
            } catch (IOException e) {
                // the same as its end
            }
            Runtime.getRuntime().halt(3);
        }, "parent");
        watch.setDaemon(true);
        watch.start();
    }

    static FixedCatalog catalog(Plan plan) {
        return new FixedCatalog(TierPlan.of("registered", FixedCatalog.perDay(plan.limit())));
    }

    static KnownEntitlements entitlements(Plan plan) {
        return KnownEntitlements.of("registered", RunClock.MIDNIGHT.minus(Duration.ofDays(3)),
                IntStream.range(0, plan.keys()).mapToObj(plan::customer).toArray(String[]::new));
    }

    private void run() throws Exception {
        try (Stores.Open open = Stores.open(plan, clock)) {
            // a life of its own each time: a process does not know what it was called before
            String self = "node_%016x".formatted(ThreadLocalRandom.current().nextLong());
            CountingStore store = new CountingStore(open.store(), tally);
            Engine engine = Stores.engine(new Surroundings(store, catalog(plan), entitlements(plan),
                    new RecordingAuditLog(clock), new FixedNodes(self, plan.processes()), clock, plan.lease()));
            tally.add(Tally.Sum.READY, 1);
            while (!runClock.begun()) {
                LockSupport.parkNanos(DENIED_NANOS);
            }
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < plan.threads(); i++) {
                Thread thread = new Thread(() -> takeUntilTheEnd(engine), "taker-" + i);
                thread.start();
                threads.add(thread);
            }
            while (!runClock.ended()) {
                tick(engine);
                LockSupport.parkNanos(200_000_000);
            }
            for (Thread thread : threads) {
                thread.join();
            }
            engine.stop();
        }
    }

    /** Whatever goes wrong in one round, the next one comes. */
    private void tick(Engine engine) {
        try {
            engine.tick();
        } catch (StoreException e) {
            tally.add(Tally.Sum.UNAVAILABLE, 1);
        }
    }

    private void takeUntilTheEnd(Engine engine) {
        while (!runClock.ended()) {
            int key = ThreadLocalRandom.current().nextInt(plan.keys());
            AccessRequest request = AccessRequest.one(
                    new Subject.User(plan.customer(key)), FixedCatalog.SOLUTION, FixedCatalog.ACTION);
            try {
                Decision decision = engine.quotas().decide(request);
                count(key, decision);
            } catch (StoreException.OutcomeUnknown e) {
                tally.add(Tally.Sum.UNKNOWN, 1);
            } catch (StoreException e) {
                tally.add(Tally.Sum.UNAVAILABLE, 1);
                LockSupport.parkNanos(DENIED_NANOS);
            } catch (RuntimeException e) {
                tally.add(Tally.Sum.UNEXPECTED, 1);
                e.printStackTrace();
            }
        }
    }

    private void count(int key, Decision decision) {
        boolean allowed = decision instanceof Decision.Allowed;
        WindowState window = decision.state().windows().get(0);
        Instant resetsAt = window.resetsAt().orElseThrow();
        long day = ChronoUnit.DAYS.between(FIRST_DAY, LocalDate.ofInstant(resetsAt, ZoneOffset.UTC).minusDays(1));
        int index = day >= 0 && day < Plan.DAYS ? (int) day : Plan.DAYS - 1;
        tally.add(allowed ? Tally.PerWindow.ALLOWED : Tally.PerWindow.DENIED, key, index, 1);
        LockSupport.parkNanos(allowed ? plan.pauseMicros() * 1_000 : DENIED_NANOS);
    }
}

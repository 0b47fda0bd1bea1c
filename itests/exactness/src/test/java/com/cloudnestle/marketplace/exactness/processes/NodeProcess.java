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

    private static final LocalDate LAST_DAY = LocalDate.ofInstant(Plan.MIDNIGHT, ZoneOffset.UTC).minusDays(1);
    /** What a denied caller waits, so that refusals from memory do not take the processor from others. */
    private static final long DENIED_NANOS = 1_000_000;

    private final Plan plan;
    private final Tally tally;
    private final InstantSource clock;

    private NodeProcess(Plan plan) {
        this.plan = plan;
        this.tally = new Tally(plan.tally(), plan.keys());
        this.clock = () -> time(plan);
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

    private static Instant time(Plan plan) {
        long wall = System.currentTimeMillis();
        long into = wall - plan.began();
        boolean back = plan.backAtMillis() >= 0
                && into >= plan.backAtMillis()
                && into < plan.backAtMillis() + plan.backForMillis();
        Instant right = plan.time(wall).plusMillis(plan.skewMillis());
        return back ? right.minus(Duration.ofHours(1)) : right;
    }

    static FixedCatalog catalog(Plan plan) {
        return new FixedCatalog(TierPlan.of("registered", FixedCatalog.perDay(plan.limit())));
    }

    static KnownEntitlements entitlements(Plan plan) {
        return KnownEntitlements.of("registered", Plan.MIDNIGHT.minus(Duration.ofDays(3)),
                IntStream.range(0, plan.keys()).mapToObj(plan::customer).toArray(String[]::new));
    }

    private void run() throws Exception {
        try (Stores.Open open = Stores.open(plan, clock)) {
            // a life of its own each time: a process does not know what it was called before
            String self = "node_%016x".formatted(ThreadLocalRandom.current().nextLong());
            CountingStore store = new CountingStore(open.store(), tally);
            Engine engine = Stores.engine(new Surroundings(store, catalog(plan), entitlements(plan),
                    new RecordingAuditLog(clock), new FixedNodes(self, 3), clock, plan.lease()));
            tally.add(Tally.Sum.READY, 1);
            long end = plan.began() + plan.length().toMillis();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < plan.threads(); i++) {
                Thread thread = new Thread(() -> takeUntil(end, engine), "taker-" + i);
                thread.start();
                threads.add(thread);
            }
            while (System.currentTimeMillis() < end) {
                engine.tick();
                LockSupport.parkNanos(200_000_000);
            }
            for (Thread thread : threads) {
                thread.join();
            }
            engine.stop();
            tally.add(Tally.Sum.ENDED, 1);
        }
    }

    private void takeUntil(long end, Engine engine) {
        while (System.currentTimeMillis() < end) {
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
        LocalDate day = LocalDate.ofInstant(resetsAt, ZoneOffset.UTC).minusDays(1);
        int index = day.equals(LAST_DAY) ? 0 : day.equals(LAST_DAY.plusDays(1)) ? 1 : 2;
        tally.add(allowed ? Tally.PerWindow.ALLOWED : Tally.PerWindow.DENIED, key, index, 1);
        tally.add(Tally.Sum.DECISIONS, 1);
        if (!allowed) {
            LockSupport.parkNanos(DENIED_NANOS);
        }
    }
}

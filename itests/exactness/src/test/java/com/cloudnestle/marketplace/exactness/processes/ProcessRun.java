package com.cloudnestle.marketplace.exactness.processes;

import com.cloudnestle.marketplace.dynamodb.local.DynamoDbLocal;
import com.cloudnestle.marketplace.dynamodb.local.Fault;
import com.cloudnestle.marketplace.dynamodb.local.FaultProxy;
import com.cloudnestle.marketplace.dynamodb.local.FaultRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Three days with real processes: one is used up while processes are killed, one is cut short by midnight while units are left, one
 * is used up again, while a clock is an hour behind for a part of it. A day ends when it has been seen, not after some time.
 */
final class ProcessRun {

    /** Without anybody being allowed anything; some seconds would do on a machine that has nothing else to do. */
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final long LOOK_NANOS = 5_000_000;
    /** So long nobody was allowed anything any more: it is used up, as far as it goes. */
    private static final long QUIET_NANOS = 700_000_000;
    private static final Duration NEAR_MIDNIGHT = Duration.ofSeconds(1);

    private final Plan plan;
    private final Faults faults;
    private final Random random;
    private final RunClock clock;
    private final List<NodeHandle> nodes = new ArrayList<>();
    private final List<FaultProxy> proxies = new ArrayList<>();
    private long kills;

    private ProcessRun(Plan plan, Faults faults, long seed) {
        this.plan = plan;
        this.faults = faults;
        this.random = new Random(seed);
        this.clock = new RunClock(plan.clock());
    }

    /** @param plan its folder must be new */
    static Outcome of(Plan plan, Faults faults, long seed) {
        return new ProcessRun(plan, faults, seed).run();
    }

    private Outcome run() {
        try (DynamoDbLocal database = plan.store().equals(Plan.DYNAMODB) ? DynamoDbLocal.startOwn() : null) {
            Plan whole = database == null ? plan : plan.at(database.endpoint().toString());
            start(whole, database);
            await("the processes did not start", () -> nodes.stream().allMatch(NodeHandle::ready));
            disturbNetwork();
            clock.begin();
            useUp(0);
            clock.midnight(0, NEAR_MIDNIGHT);
            await("nobody was allowed anything on the second day", () -> allowed(1) >= room() / 2);
            clock.midnight(1, Duration.ZERO);
            useUp(2);
            clock.end();
            nodes.forEach(NodeHandle::awaitEnd);
            return Outcome.of(whole, faults, nodes.stream().map(NodeHandle::tally).toList(), kills, faultsMade());
        } finally {
            nodes.forEach(NodeHandle::close);
            proxies.forEach(FaultProxy::close);
        }
    }

    private void start(Plan whole, @Nullable DynamoDbLocal database) {
        if (database != null) {
            Stores.createTables(whole);
        }
        for (int i = 0; i < plan.processes(); i++) {
            long skew = faults.skew() ? (i == 0 ? -700 : i == 1 ? 700 : 0) : 0;
            Plan own = whole.forNode(i, skew, faults.skew() && i == plan.processes() - 1);
            if (database != null) {
                FaultProxy proxy = FaultProxy.before(database);
                proxies.add(proxy);
                own = own.at(proxy.endpoint().toString());
            }
            nodes.add(new NodeHandle(own));
        }
        nodes.forEach(NodeHandle::launch);
    }

    private void disturbNetwork() {
        for (FaultProxy proxy : faults.network() ? proxies : List.<FaultProxy>of()) {
            FaultRule rule = FaultRule.random(random.nextLong(), shares());
            // a node that starts looks at its tables once, and waits ten seconds before it looks again
            proxy.rule(request -> request.operation().startsWith("Describe") ? Fault.NONE : rule.on(request));
        }
    }

    /** Shares of the requests; a request or a reply that waits is later than others that were sent after it. */
    private static Map<Fault, Double> shares() {
        Map<Fault, Double> shares = new LinkedHashMap<>();
        shares.put(Fault.DROP_REPLY, 0.02);
        shares.put(Fault.DROP_REQUEST, 0.01);
        shares.put(Fault.DUPLICATE, 0.02);
        shares.put(Fault.THROTTLE, 0.03);
        shares.put(Fault.INTERNAL_ERROR, 0.01);
        shares.put(Fault.INTERNAL_ERROR_AFTER, 0.01);
        shares.put(Fault.delayRequest(Duration.ofMillis(60)), 0.03);
        shares.put(Fault.delayReply(Duration.ofMillis(40)), 0.03);
        return shares;
    }

    private long faultsMade() {
        return proxies.stream()
                .mapToLong(proxy -> shares().keySet().stream().mapToLong(proxy::faults).sum())
                .sum();
    }

    /** Until everybody is refused; kills on the way, whenever another share of the day's units is gone. */
    private void useUp(int day) {
        long[] last = {-1, System.nanoTime()};
        int[] killed = {0};
        await("day " + day + " was not used up", () -> {
            long taken = allowed(day);
            long now = System.nanoTime();
            if (taken != last[0]) {
                last[0] = taken;
                last[1] = now;
            }
            if (killed[0] < faults.kills() && taken * (faults.kills() + 1) > room() * (killed[0] + 1)) {
                killed[0] += kill() ? 1 : 0;
            }
            clock.back(faults.skew() && taken > room() / 4 && taken < room() * 3 / 4);
            return now - last[1] > QUIET_NANOS && everybodyRefused(day) && nodes.stream().allMatch(NodeHandle::ready);
        });
        clock.back(false);
    }

    private boolean everybodyRefused(int day) {
        return IntStream.range(0, plan.keys()).allMatch(key -> nodes.stream().mapToLong(node ->
                node.tally().get(Tally.PerWindow.DENIED, key, day)).sum() > 0);
    }

    private boolean kill() {
        List<NodeHandle> working = nodes.stream().filter(NodeHandle::ready).toList();
        if (working.isEmpty()) {
            return false;
        }
        working.get(random.nextInt(working.size())).kill();
        kills++;
        return true;
    }

    private long allowed(int day) {
        return IntStream.range(0, plan.keys()).mapToLong(key -> nodes.stream().mapToLong(node ->
                node.tally().get(Tally.PerWindow.ALLOWED, key, day)).sum()).sum();
    }

    private long room() {
        return plan.limit() * plan.keys();
    }

    private interface Sight {
        boolean seen();
    }

    private void await(String otherwise, Sight sight) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        long before = 0;
        while (!sight.seen()) {
            nodes.forEach(NodeHandle::checkAlive);
            long allowed = allowed(0) + allowed(1) + allowed(2);
            if (allowed != before) {
                before = allowed;
                end = System.nanoTime() + PATIENCE.toNanos();
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException("INVALID: " + otherwise + " within " + PATIENCE.toSeconds() + " s");
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}

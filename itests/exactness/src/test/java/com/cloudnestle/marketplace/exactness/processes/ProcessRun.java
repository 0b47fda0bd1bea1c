package com.cloudnestle.marketplace.exactness.processes;

import com.cloudnestle.marketplace.dynamodb.local.DynamoDbLocal;
import com.cloudnestle.marketplace.dynamodb.local.Fault;
import com.cloudnestle.marketplace.dynamodb.local.FaultProxy;
import com.cloudnestle.marketplace.dynamodb.local.FaultRule;
import com.cloudnestle.marketplace.exactness.schedule.EngineMaker.Engine;
import com.cloudnestle.marketplace.exactness.schedule.EngineMaker.Surroundings;
import com.cloudnestle.marketplace.quota.Subject;
import com.cloudnestle.marketplace.quota.UsageHistory.DailyUsage;
import com.cloudnestle.marketplace.testing.FixedNodes;
import com.cloudnestle.marketplace.testing.RecordingAuditLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Starts the processes of one run, makes things go wrong, and adds up what they counted. A SQLite file belongs to one process; on
 * DynamoDB there are three, each behind a proxy of its own.
 */
final class ProcessRun {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK_NANOS = 20_000_000;

    private final Plan plan;
    private final Faults faults;
    private final Random random;
    private final List<Plan> nodes = new ArrayList<>();
    private final List<FaultProxy> proxies = new ArrayList<>();
    private final Process[] processes;
    private long kills;
    private long faultsMade;

    private ProcessRun(Plan plan, Faults faults, long seed) {
        this.plan = plan;
        this.faults = faults;
        this.random = new Random(seed);
        int count = plan.store().equals("sqlite") ? 1 : 3;
        this.processes = new Process[count];
        for (int node = 0; node < count; node++) {
            long skew = faults.skew() ? (node == 0 ? -700 : node == 1 ? 700 : 0) : 0;
            boolean back = faults.skew() && node == count - 1;
            long half = plan.beforeMidnight().toMillis() / 2;
            nodes.add(plan.forNode(node, skew, back ? half : -1, half / 2));
        }
    }

    static Outcome of(Plan plan, Faults faults, long seed) {
        return new ProcessRun(plan, faults, seed).run();
    }

    private Outcome run() {
        try (DynamoDbLocal database = plan.store().equals("sqlite") ? null : DynamoDbLocal.startOwn()) {
            if (database != null) {
                Stores.createTables(plan.at(database.endpoint().toString()));
                for (int i = 0; i < nodes.size(); i++) {
                    FaultProxy proxy = FaultProxy.before(database);
                    proxies.add(proxy);
                    nodes.set(i, nodes.get(i).at(proxy.endpoint().toString()));
                }
            }
            // Time begins a little later, when all processes are up, so that none has a head start.
            long now = System.currentTimeMillis() + Stores.startMillis(plan);
            for (int i = 0; i < nodes.size(); i++) {
                nodes.set(i, nodes.get(i).beginning(now));
                launch(i);
            }
            Plan whole = database == null ? plan.beginning(now) : plan.at(database.endpoint().toString()).beginning(now);
            makeTrouble(now + plan.length().toMillis());
            awaitEnd();
            return addUp(whole);
        } finally {
            for (Process process : processes) {
                if (process != null) {
                    process.destroyForcibly();
                }
            }
            proxies.forEach(FaultProxy::close);
        }
    }

    private void launch(int i) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                "-cp", Stores.classPath(), NodeProcess.class.getName()));
        command.addAll(nodes.get(i).arguments());
        try {
            processes[i] = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(plan.folder().resolve("out-" + i).toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void makeTrouble(long end) {
        if (faults.network()) {
            for (int i = 0; i < proxies.size(); i++) {
                FaultRule rule = FaultRule.random(random.nextLong(), shares());
                // a node that starts looks at its tables once, and waits ten seconds before it looks again
                proxies.get(i).rule(request -> request.operation().startsWith("Describe") ? Fault.NONE : rule.on(request));
            }
        }
        long last = end - 2_500; // nobody is killed who could not come back
        long next = plan.length().toMillis() / 8;
        long begin = System.currentTimeMillis();
        while (System.currentTimeMillis() < end) {
            LockSupport.parkNanos(LOOK_NANOS);
            long now = System.currentTimeMillis();
            if (faults.kills() && now < last && now - begin > next) {
                kill(random.nextInt(processes.length));
                next = now - begin + 700 + random.nextInt(1_500);
            }
        }
    }

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

    /** As the operating system does it to a process that used too much memory: no signal handler, no farewell. */
    private void kill(int i) {
        processes[i].destroyForcibly();
        try {
            processes[i].waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        kills++;
        launch(i);
    }

    private void awaitEnd() {
        try {
            for (int i = 0; i < processes.length; i++) {
                if (!processes[i].waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || processes[i].exitValue() != 0) {
                    throw new IllegalStateException("node " + i + " did not end well: " + output(i));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        for (FaultProxy proxy : proxies) {
            faultsMade += shares().keySet().stream().mapToLong(proxy::faults).sum();
        }
    }

    private String output(int i) {
        try {
            String text = Files.readString(plan.folder().resolve("out-" + i));
            return text.length() > 4_000 ? text.substring(text.length() - 4_000) : text;
        } catch (IOException e) {
            return e.toString();
        }
    }

    private Outcome addUp(Plan whole) {
        List<Tally> tallies = nodes.stream().map(node -> new Tally(node.tally(), plan.keys())).toList();
        long allowed = 0;
        long overshoot = 0;
        List<String> unmet = new ArrayList<>();
        for (int key = 0; key < plan.keys(); key++) {
            for (int day = 0; day < Plan.DAYS; day++) {
                int k = key;
                int d = day;
                long taken = tallies.stream().mapToLong(t -> t.get(Tally.PerWindow.ALLOWED, k, d)).sum();
                long denied = tallies.stream().mapToLong(t -> t.get(Tally.PerWindow.DENIED, k, d)).sum();
                long limit = day < 2 ? plan.limit() : 0;
                allowed += taken;
                overshoot += Math.max(0, taken - limit);
                if (day < 2 && denied == 0) {
                    unmet.add(plan.customer(key) + " day " + day + " (" + taken + " of " + limit + ")");
                }
            }
        }
        return new Outcome(whole, faults, allowed, 2 * plan.limit() * plan.keys(), overshoot, unmet,
                sum(tallies, Tally.Sum.DECISIONS), sum(tallies, Tally.Sum.STORE_WRITES), sum(tallies, Tally.Sum.UNKNOWN),
                sum(tallies, Tally.Sum.UNAVAILABLE), sum(tallies, Tally.Sum.UNEXPECTED), kills, faultsMade, history(whole));
    }

    private static long sum(List<Tally> tallies, Tally.Sum what) {
        return tallies.stream().mapToLong(tally -> tally.get(what)).sum();
    }

    private static long history(Plan whole) {
        InstantSource clock = () -> Plan.MIDNIGHT.plus(whole.afterMidnight());
        try (Stores.Open open = Stores.open(whole, clock)) {
            Engine engine = Stores.engine(new Surroundings(open.store(), NodeProcess.catalog(whole),
                    NodeProcess.entitlements(whole), new RecordingAuditLog(clock),
                    new FixedNodes("node_ffffffffffffffff", 1), clock, whole.lease()));
            LocalDate day = LocalDate.ofInstant(Plan.MIDNIGHT, ZoneOffset.UTC);
            long units = 0;
            for (int key = 0; key < whole.keys(); key++) {
                units += engine.history()
                        .usage(new Subject.User(whole.customer(key)), day.minusDays(3), day.plusDays(3), null, 100, null)
                        .rows()
                        .stream()
                        .mapToLong(DailyUsage::units)
                        .sum();
            }
            engine.stop();
            return units;
        }
    }
}

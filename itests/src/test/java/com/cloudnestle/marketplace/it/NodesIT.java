package com.cloudnestle.marketplace.it;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three nodes over one store as one marketplace. One group for all tests, because its start is what costs; so the order
 * matters: first what all nodes are needed for, then what ends some.
 */
@TestMethodOrder(OrderAnnotation.class)
class NodesIT {
    private static final int NODES = 3;
    private static final int SMALL_LIMIT = 10;
    private static final int LARGE_LIMIT = 300;
    /** Units of one counter that a node counts ahead at most; so many a crash may cost. */
    private static final int LEASE_UNITS = 100;
    /** After this time a change made on another node holds, by default. */
    private static final Duration BOUND = Duration.ofSeconds(2);

    private static final long POLL_MILLIS = 100;
    private static final int PATIENCE_SECONDS = 300;

    /** Limits that midnight does not reset. Only the large one is counted ahead. */
    private static final String DAILY = """
        {"name": "daily", "description": "for tests of several nodes", "tiers": [
          {"tier": "anonymous", "limits": [{"window": "lifetime", "amount": 3}]},
          {"tier": "registered", "limits": [{"window": "lifetime", "amount": %d}]},
          {"tier": "pro", "limits": [{"window": "lifetime", "amount": %d}]}]}
        """.formatted(SMALL_LIMIT, LARGE_LIMIT);

    @TempDir
    static Path directory;

    private static NodeGroup nodes;

    @BeforeAll
    static void start() throws Exception {
        nodes = NodeGroup.start(directory.resolve("data of nodes"), NODES, "daily", DAILY);
    }

    @AfterAll
    static void end() throws Exception {
        if (nodes != null) {
            nodes.close();
        }
    }

    @Test
    @Order(1)
    void threeFirstStartsAtOnceMakeOneAdminKeyThatIsGoodOnAll() throws Exception {
        assertThat(nodes.adminKeys()).as(nodes.output()).hasSize(1);
        for (int node = 1; node <= NODES; node++) {
            Http http = nodes.http(node);
            http.await("node " + node + " knows the key", // a busy one may serve its API a moment after it is ready
                () -> http.get("/api/audit?limit=5", "Authorization", "Bearer " + nodes.adminKeys().get(0)),
                answer -> answer.statusCode() == 200);
        }
    }

    @Test
    @Order(2)
    void aTokenUsedOnAllNodesAtOnceGetsExactlyItsLimit() throws Exception {
        String token = nodes.newToken(1, "ann@example.com", "registered");

        Use use = use(token, 20, List.of(1, 2, 3));

        assertExact(use, SMALL_LIMIT, 0);
        for (int node = 1; node <= NODES; node++) {
            assertThat(nodes.remaining(node, token)).as("left, says node %d", node).isZero();
        }
    }

    @Test
    @Order(3)
    void aTokenRevokedOnOneNodeIsRefusedThereAtOnceAndElsewhereWithinTheBound() throws Exception {
        String token = nodes.newToken(1, "bea@example.com", "pro");
        assertThat(nodes.validate(2, token).statusCode()).as("issued on the first, known to the second").isEqualTo(200);

        HttpResponse<String> revoked = nodes.http(1).delete("/api/revoke-token", "{\"token\": \"" + token + "\"}");
        long since = System.nanoTime();

        assertThat(revoked.statusCode()).as(revoked.body()).isEqualTo(200);
        assertThat(nodes.validate(1, token).statusCode()).as("on the node that revoked it").isEqualTo(401);
        Duration age;
        HttpResponse<String> answer;
        do {
            age = Duration.ofNanos(System.nanoTime() - since);
            answer = nodes.validate(2, token);
        } while (answer.statusCode() == 200 && age.compareTo(BOUND) < 0);
        assertThat(answer.statusCode()).as("a call that began %s after: %s", age, answer.body()).isEqualTo(401);
    }

    @Test
    @Order(4)
    void aNodeKilledUnderLoadCostsAFewUnitsAtMostAndJoinsAgain() throws Exception {
        String token = nodes.newToken(1, "cem@example.com", "pro");

        Use use = new Use();
        ExecutorService callers = Executors.newCachedThreadPool();
        try {
            List<Future<?>> calls = new ArrayList<>();
            for (int caller = 0; caller < 4 * NODES; caller++) {
                int node = 1 + caller % NODES;
                calls.add(callers.submit(() -> use.untilRefused(node, token)));
            }
            use.awaitAllowed(LARGE_LIMIT / 4);
            nodes.kill(2);
            for (Future<?> call : calls) {
                call.get(PATIENCE_SECONDS, SECONDS);
            }
        } finally {
            callers.shutdownNow();
        }
        assertThat(use.allowed.get()).as("when it was killed").isGreaterThanOrEqualTo(LARGE_LIMIT / 4);
        assertExact(use, LARGE_LIMIT, LEASE_UNITS);

        nodes.startAgain(2);

        assertThat(nodes.validate(2, token).statusCode()).as("one more, on the node that is back").isEqualTo(429);
        awaitAllKnownTo(1);
    }

    @Test
    @Order(5)
    void aNodeThatStopsInOrderGivesBackWhatItCountedAhead() throws Exception {
        String token = nodes.newToken(1, "dan@example.com", "pro");
        int taken = 0;
        boolean ahead = false;
        while (!ahead) { // the more a node is asked, the more it counts ahead
            assertThat(taken).as("units taken, and never one ahead").isLessThan(LARGE_LIMIT / 2);
            assertThat(nodes.validate(2, token).statusCode()).isEqualTo(200);
            taken++;
            Thread.sleep(POLL_MILLIS); // what the other node sees may be as old as the bound
            ahead = taken > 5 && nodes.remaining(3, token) < LARGE_LIMIT - taken;
        }

        nodes.stopJoined(2);

        int left = LARGE_LIMIT - taken;
        awaitRemaining(1, token, left);
        assertExact(use(token, 8, List.of(1, 3)), left, 0);
    }

    @Test
    @Order(6)
    void oneSignalStopsAllInOrder() throws Exception {
        List<ProcessHandle> servers = List.of(nodes.server(1), nodes.server(3));

        assertThat(nodes.stopAll()).isZero();

        assertThat(nodes.output()).contains("node-1 | stopped", "node-3 | stopped", "\nstopped\n");
        assertThat(servers).noneMatch(ProcessHandle::isAlive);
        assertThat(nodes.listens(1) || nodes.listens(3)).isFalse();
    }

    /** All these callers, spread over the nodes, call at once and go on until they are refused. */
    private static Use use(String token, int callers, List<Integer> over) throws Exception {
        Use use = new Use();
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try {
            List<Future<?>> calls = new ArrayList<>();
            for (int caller = 0; caller < callers; caller++) {
                int node = over.get(caller % over.size());
                calls.add(threads.submit(() -> use.untilRefused(node, token)));
            }
            for (Future<?> call : calls) {
                call.get(PATIENCE_SECONDS, SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        return use;
    }

    /** Never more than the limit; and less only by what a crash may cost and by calls of which nobody knows how they ended. */
    private static void assertExact(Use use, int limit, int lost) {
        assertThat(use.allowed.get()).as("allowed, with %s calls without an answer", use.unknown)
            .isLessThanOrEqualTo(limit).isGreaterThanOrEqualTo(limit - lost - use.unknown.get());
    }

    /** Nodes leave a sign of life every few seconds, and look for those of others then. */
    private static void awaitAllKnownTo(int node) throws Exception {
        long began = System.nanoTime();
        String[] all = {nodes.address(1), nodes.address(2), nodes.address(3)};
        String known = nodes.console(node, "market:nodes --json");
        while (!List.of(all).stream().allMatch(known::contains) && System.nanoTime() - began < SECONDS.toNanos(PATIENCE_SECONDS)) {
            Thread.sleep(POLL_MILLIS);
            known = nodes.console(node, "market:nodes --json");
        }
        assertThat(known).contains(all);
    }

    private static void awaitRemaining(int node, String token, int wanted) throws Exception {
        long began = System.nanoTime();
        int left = nodes.remaining(node, token);
        while (left != wanted && System.nanoTime() - began < SECONDS.toNanos(PATIENCE_SECONDS)) {
            Thread.sleep(POLL_MILLIS);
            left = nodes.remaining(node, token);
        }
        assertThat(left).as("left, says node %d", node).isEqualTo(wanted);
    }

    /** Counts answers, outside of what is tested. */
    private static final class Use {
        final AtomicInteger allowed = new AtomicInteger();
        /** Broken off, or the store was too slow: perhaps counted, but allowed to nobody. */
        final AtomicInteger unknown = new AtomicInteger();

        /** Ends with the first refusal, or when the node is gone. */
        Void untilRefused(int node, String token) throws InterruptedException, IOException {
            int failures = 0;
            while (failures < 5) {
                try {
                    HttpResponse<String> answer = nodes.validate(node, token);
                    switch (answer.statusCode()) {
                        case 200 -> allowed.incrementAndGet();
                        case 429 -> {
                            return null;
                        }
                        case 503 -> unknown.incrementAndGet();
                        default -> throw new AssertionError(answer.statusCode() + " " + answer.body());
                    }
                } catch (ConnectException e) {
                    return null; // nobody is there, so nothing was counted
                } catch (IOException e) {
                    unknown.incrementAndGet();
                    failures++;
                }
            }
            return null;
        }

        void awaitAllowed(int wanted) throws InterruptedException {
            long began = System.nanoTime();
            while (allowed.get() < wanted && System.nanoTime() - began < SECONDS.toNanos(PATIENCE_SECONDS)) {
                Thread.sleep(5);
            }
        }
    }
}

package com.cloudnestle.marketplace.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that is asked for everything while it starts, as after a crash: once it is ready, every address leads where it should, and
 * until then it says that it is starting, not that there is nothing.
 */
class BusyStartIT {
    private static final int ASKING = 6;
    private static final String NOTIFICATIONS = "/api/payments/webhook/sandbox";
    private static final Map<String, Integer> ADDRESSES = Map.of("/health/live", 200, "/health/ready", 200, "/api/solutions", 200, "/", 200,
        "/api/openapi.json", 200, NOTIFICATIONS, 503);

    @TempDir
    Path directory;

    /** Addresses that were answered by us, be it that we are starting, and then again as if they were unknown. */
    private final Set<String> lost = ConcurrentHashMap.newKeySet();

    @Test
    void leavesNoAddressAstray() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path data = Distribution.ownedDirectory(directory.resolve("data"));
        try (Server server = new Server(Distribution.unpack(directory), Path.of(System.getProperty("java.home")), data)) {
            startAskedAllTheTime(server);
            assertEachAnswers(server);
            assertThat(lost).as("at the first start").isEmpty();

            server.kill();

            startAskedAllTheTime(server);
            assertEachAnswers(server);
            assertThat(lost).as("at the restart").isEmpty();
        }
    }

    private void startAskedAllTheTime(Server server) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(ASKING);
        try {
            List<Future<?>> asking = new ArrayList<>();
            for (int thread = 0; thread < ASKING; thread++) {
                asking.add(threads.submit(() -> {
                    Set<String> answered = new HashSet<>();
                    while (!over.get()) {
                        for (String address : ADDRESSES.keySet()) {
                            askWhateverComes(server, address, answered);
                        }
                    }
                    return null;
                }));
            }
            server.start();
            over.set(true);
            for (Future<?> each : asking) {
                each.get();
            }
        } finally {
            over.set(true);
            threads.shutdownNow();
        }
    }

    private void askWhateverComes(Server server, String address, Set<String> answered) throws InterruptedException {
        try {
            HttpResponse<String> answer = ask(server, address);
            int status = answer.statusCode();
            if (status < 400 || status == 503) {
                answered.add(address);
            } else if (answered.contains(address)) {
                lost.add(address + " " + status + ": " + answer.body());
            }
        } catch (IOException e) {
            Thread.onSpinWait(); // nobody there yet
        }
    }

    private static HttpResponse<String> ask(Server server, String address) throws IOException, InterruptedException {
        return address.equals(NOTIFICATIONS) ? server.http().post(address, "{}") : server.http().get(address);
    }

    private static void assertEachAnswers(Server server) throws Exception {
        for (Map.Entry<String, Integer> address : ADDRESSES.entrySet()) {
            HttpResponse<String> answer = ask(server, address.getKey());
            assertThat(answer.statusCode()).as("%s: %s", address.getKey(), answer.body()).isEqualTo(address.getValue());
            assertThat(answer.headers().firstValue("Referrer-Policy")).as("%s, set before all servlets", address.getKey()).isPresent();
        }
    }
}

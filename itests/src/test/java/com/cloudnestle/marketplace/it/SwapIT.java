package com.cloudnestle.marketplace.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Version after version is dropped into the real container while customers call: nobody notices. */
class SwapIT {
    private static final int SWAPS = 20;
    private static final int CALLERS = 3;

    @TempDir
    Path directory;

    private final AtomicBoolean over = new AtomicBoolean();

    @Test
    void customersDoNotNoticeThatVersionsChange() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try (Server server = new Server(Distribution.unpack(directory), Path.of(System.getProperty("java.home")),
                Distribution.ownedDirectory(directory.resolve("data")))) {
            server.start();
            Path serving = drop(server, 0);
            server.http().await("word-count is there", () -> count(server, ""), answer -> answer.statusCode() != 404);
            String token = server.newToken("word-count", "pro");
            List<Future<List<String>>> calling = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                calling.add(callers.submit(() -> call(server, token)));
            }
            for (int version = 1; version <= SWAPS; version++) {
                Path next = drop(server, version);
                awaitServing(server, version);
                Files.delete(serving);
                serving = next;
            }
            over.set(true);

            List<String> answers = new ArrayList<>();
            for (Future<List<String>> each : calling) {
                answers.addAll(each.get());
            }
            System.out.printf("%d versions, %d calls%n", SWAPS, answers.size());
            assertThat(answers).hasSizeGreaterThan(SWAPS * CALLERS).containsOnly("200 {\"words\":2}");
            assertThat(server.stop()).isZero();
            assertThat(server.log()).as("errors in the log").noneMatch(line -> line.contains("| ERROR |"));
        } finally {
            callers.shutdownNow();
        }
    }

    private static Path drop(Server server, int version) throws Exception {
        return Plugin.dropChangedJar(server.data(), "word-count-" + version + ".jar", Map.of("Bundle-Version", "99.0." + version));
    }

    private static void awaitServing(Server server, int version) throws InterruptedException {
        server.http().await("version " + version + " serves", () -> server.http().get("/health/ready"),
            answer -> answer.body().contains("\"99.0." + version + "\""));
    }

    private List<String> call(Server server, String token) throws Exception {
        List<String> answers = new ArrayList<>();
        while (!over.get()) {
            HttpResponse<String> answer = count(server, token);
            answers.add(answer.statusCode() + " " + answer.body());
        }
        return answers;
    }

    private static HttpResponse<String> count(Server server, String token) throws IOException, InterruptedException {
        String body = "{\"text\": \"two words\"}";
        return token.isEmpty() ? server.http().post("/solutions/word-count/api/count", body)
            : server.http().post("/solutions/word-count/api/count", body, "Authorization", "Bearer " + token);
    }
}

package com.cloudnestle.marketplace.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What was counted stays counted, however the server ends. */
@ParameterizedClass(name = "{0}")
@MethodSource("com.cloudnestle.marketplace.it.Distribution#javaHomes")
class DataIT {
    private static final int LIMIT = 10;

    /** The shipped profile counts by the day; these tests may run over midnight. */
    private static final String FOR_LIFE = """
        {"name": "daily", "description": "%1$d for life", "tiers": [
          {"tier": "registered", "limits": [{"window": "lifetime", "amount": %1$d}]}]}
        """.formatted(LIMIT);

    @TempDir
    Path directory;

    @Parameter
    Path javaHome;

    private Server server;

    @BeforeEach
    void unpack() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Distribution distribution = Distribution.unpack(directory);
        Path data = Distribution.ownedDirectory(directory.resolve("data"));
        Path profiles = Distribution.ownedDirectory(data.resolve("profiles"));
        Files.writeString(profiles.resolve("daily.json"), FOR_LIFE);
        server = new Server(distribution, javaHome, data);
    }

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void restartKeepsWhatWasCounted() throws Exception {
        start();
        String token = newToken();
        assertThat(remaining(token)).isEqualTo(LIMIT - 1);

        server.stop();
        start();

        assertThat(newToken()).as("the permanent token").isEqualTo(token);
        assertThat(remaining(token)).isEqualTo(LIMIT - 2);
    }

    @Test
    void killGivesNobodyMoreThanTheLimit() throws Exception {
        start();
        String token = newToken();
        int allowed = 0;
        for (int round = 0; round < 3; round++) {
            allowed += allowed(token) ? 1 : 0;
            server.kill();
            start();
        }
        assertThat(allowed).as("before the last crash").isEqualTo(3);

        for (int call = 0; call < 2 * LIMIT; call++) {
            allowed += allowed(token) ? 1 : 0;
        }
        assertThat(allowed).isGreaterThan(3).isLessThanOrEqualTo(LIMIT);
    }

    @Test
    void parallelCallersGetExactlyTheLimit() throws Exception {
        start();
        String token = newToken();
        ExecutorService callers = Executors.newFixedThreadPool(64);
        try {
            Callable<Boolean> call = () -> allowed(token);
            int allowed = 0;
            for (Future<Boolean> answer : callers.invokeAll(Collections.nCopies(64, call))) {
                allowed += answer.get() ? 1 : 0;
            }
            assertThat(allowed).isEqualTo(LIMIT);
        } finally {
            callers.shutdownNow();
        }

        server.kill();
        start();
        assertThat(allowed(token)).as("an eleventh call after a crash").isFalse();
    }

    private void start() throws Exception {
        server.start();
        server.awaitSolutionFinder();
    }

    private String newToken() throws Exception {
        return server.newToken("aws-solution-finder", "registered");
    }

    private int remaining(String token) throws Exception {
        HttpResponse<String> answer = validate(token);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Http.json(answer).required("quota_remaining").asInt();
    }

    private boolean allowed(String token) throws Exception {
        HttpResponse<String> answer = validate(token);
        JsonNode body = Http.json(answer);
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 429);
        return body.path("allowed").asBoolean();
    }

    private HttpResponse<String> validate(String token) throws Exception {
        return server.http().post("/api/validate-solution-token",
            "{\"token\": \"" + token + "\", \"solution_id\": \"aws-solution-finder\"}");
    }
}

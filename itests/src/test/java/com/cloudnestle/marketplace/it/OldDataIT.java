package com.cloudnestle.marketplace.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What older software left in the store works from the first request on, and no count is lost or doubled. */
class OldDataIT {
    private static final int LIMIT = 10;
    private static final String TABLE = "marketplace-user-solution-entitlements";
    private static final String FINDER = "aws-solution-finder";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private final StringBuilder items = new StringBuilder();
    private int count;
    private String today = "";
    private Server server;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(LocalTime.now(ZoneOffset.UTC).isBefore(LocalTime.of(23, 40)), "left out: the day is about to end");
        today = LocalDate.now(ZoneOffset.UTC).toString();
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        server = new Server(Distribution.unpack(directory), Path.of(System.getProperty("java.home")),
            Distribution.ownedDirectory(directory.resolve("data")));
        server.start();
        server.awaitSolutionFinder();
    }

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void everyFormatWorksFromTheFirstRequestWithTodaysCount() throws Exception {
        byAddress("user@example.com", "generated-token-string", 5);
        item("user#uuid-123", FINDER, JSON.createObjectNode().put("token", "token-of-an-id").put("solution_id", FINDER)
            .put("accessTier", "registered").put("dailyUsage", 7).put("lastUsageDate", today)
            .put("createdAt", "2025-11-01T10:00:00Z").put("updatedAt", "2025-11-23T09:30:00Z"));
        item("user#email@example.com", "faiss", JSON.createObjectNode().put("user_email", "email@example.com")
            .put("solution_id", "faiss").put("access_tier", "pro").put("token", "tok_permanent_abc123")
            .put("created_at", "2025-11-08T17:00:00Z").put("status", "active"));
        item("user#ann@example.com", FINDER, JSON.createObjectNode().put("access_tier", "gold").put("token", "tok_gold")
            .put("created_at", "2025-11-08T17:00:00Z"));
        takeIn();

        assertThat(used("generated-token-string")).isEqualTo(5);
        assertThat(allowed("generated-token-string", 2 * LIMIT)).isEqualTo(LIMIT - 5);
        assertThat(allowed("token-of-an-id", 2 * LIMIT)).isEqualTo(LIMIT - 7);
        assertThat(Http.json(validate("tok_permanent_abc123", "faiss", false)).required("access_tier").asText()).isEqualTo("pro");
        HttpResponse<String> unreadable = validate("tok_gold", FINDER, false);
        assertThat(unreadable.statusCode()).isEqualTo(500);
        assertThat(Http.json(unreadable).required("code").asText()).isEqualTo("entitlement-unreadable");
        assertThat(unreadable.body()).contains("no such tier");

        server.kill();
        server.start();
        server.awaitSolutionFinder();
        assertThat(allowed("generated-token-string", 1)).as("an eleventh after a crash").isZero();
        Server.Ended migration = operator("market:migrate");
        assertThat(migration.output()).contains("Unreadable", "user#a***@example.com", "no such tier",
            "1 of the old entitlements cannot be read");
    }

    @Test
    void aMigrationThatIsKilledIsTakenUpAndNoCountChanges() throws Exception {
        int customers = 600;
        for (int i = 0; i < customers; i++) {
            byAddress("user" + i + "@example.com", "token-" + i, i % LIMIT);
        }
        takeIn();
        assertThat(operator("market:migrate --dry-run").output()).contains("600", "Nothing was written.");

        Thread killer = new Thread(() -> {
            try {
                server.http().await("a page is done", () -> server.http().get("/health/live"), answer -> migrated() >= 200);
                server.kill();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        killer.start();
        operator("market:migrate"); // breaks off
        killer.join();
        server.start();
        server.awaitSolutionFinder();

        for (int i = 0; i < customers; i += 7) {
            assertThat(used("token-" + i)).as("of customer %s", i).isEqualTo(i % LIMIT);
        }
        assertThat(operator("market:migrate").output()).as("its lock may not have ended yet")
            .containsAnyOf("under way already", "No old entitlement is left");
    }

    /** Entitlements that the log says were taken over. */
    private long migrated() {
        try {
            return server.log().stream().filter(line -> line.contains("event=entitlement_migrated")).count();
        } catch (IOException e) {
            return 0;
        }
    }

    private void byAddress(String email, String token, int used) {
        item("user#" + email, FINDER, JSON.createObjectNode().put("token", token).put("solution_id", FINDER)
            .put("access_tier", "registered").put("usage.daily_usage." + today, used).put("status", "active")
            .put("created_at", "2025-11-01T10:00:00Z").put("updated_at", "2025-11-23T09:30:00Z"));
    }

    private void item(String owner, String solution, ObjectNode attributes) {
        ObjectNode line = JSON.createObjectNode().put("table", TABLE).put("pk", owner).put("sk", "solution#" + solution);
        line.set("attributes", attributes);
        items.append(line).append('\n');
        count++;
    }

    /** Puts the items into the store as they are, in the form of an export. */
    private void takeIn() throws Exception {
        String lines = "{\"format\":\"cloudnestle-marketplace-export\",\"version\":1,\"tables\":[\"" + TABLE + "\"]}\n" + items;
        String sum = HexFormat.of().formatHex(
            MessageDigest.getInstance("SHA-256").digest(lines.getBytes(StandardCharsets.UTF_8)));
        Path file = directory.resolve("old.jsonl");
        Files.writeString(file, lines + "{\"items\":{\"" + TABLE + "\":" + count + "},\"sha256\":\"" + sum + "\"}\n");
        assertThat(operator("market:import " + file).output()).contains("Imported " + count + " items");
    }

    private Server.Ended operator(String command) throws Exception {
        return server.console(command, "-u", "operator", "-p", secret());
    }

    private String secret = "";

    private String secret() throws IOException {
        if (secret.isEmpty()) {
            secret = server.operatorSecret();
        }
        return secret;
    }

    private int used(String token) throws Exception {
        HttpResponse<String> answer = validate(token, FINDER, true);
        return Http.json(answer).required("quota").required("used").asInt();
    }

    private int allowed(String token, int calls) throws Exception {
        int allowed = 0;
        for (int call = 0; call < calls; call++) {
            HttpResponse<String> answer = validate(token, FINDER, false);
            JsonNode body = Http.json(answer);
            assertThat(answer.statusCode()).as(answer.body()).isIn(200, 429);
            allowed += body.path("allowed").asBoolean() ? 1 : 0;
        }
        return allowed;
    }

    private HttpResponse<String> validate(String token, String solution, boolean checkOnly) throws Exception {
        return server.http().post("/api/validate-solution-token", JSON.createObjectNode().put("token", token)
            .put("solution_id", solution).put("check_only", checkOnly).toString());
    }
}

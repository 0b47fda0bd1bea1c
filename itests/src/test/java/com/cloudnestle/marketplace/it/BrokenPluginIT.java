package com.cloudnestle.marketplace.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin that cannot work is named to the operator with the reason, and nobody else notices. */
class BrokenPluginIT {
    private static final String COUNT = "/solutions/word-count/api/count";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path directory;

    private Server server;

    @BeforeEach
    void start() throws Exception {
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
    void namesAMissingImport() throws Exception {
        Plugin.dropChangedJar(server.data(), "lost.jar", Map.of("Bundle-SymbolicName", "com.example.lost",
            "Import-Package", "com.example.nowhere;version=\"[1,2)\",com.cloudnestle.marketplace.solution"));

        awaitConsole("com.example.lost", "com.example.nowhere");
        othersGoOn();
    }

    @Test
    void namesTheSecondOfTwoWithOneId() throws Exception {
        Plugin.dropJar(server.data());
        server.http().await("word-count is there", this::count, answer -> answer.statusCode() == 200);
        Plugin.dropChangedJar(server.data(), "rival.jar", Map.of("Bundle-SymbolicName", "com.example.rival"));

        awaitConsole("com.example.rival", "word-count");
        assertThat(count().statusCode()).as("the first one goes on").isEqualTo(200);
        othersGoOn();
    }

    /** What Karaf remembered is gone then and bundles start in any order, here the rival alone. */
    @Test
    void keepsAnIdForItsOwnerAlsoWhenTheCacheWasWiped() throws Exception {
        Path owner = Plugin.dropJar(server.data());
        server.http().await("word-count is there", this::count, answer -> answer.statusCode() == 200);
        server.stop();
        Files.delete(owner);
        deleteAll(server.data().resolve("cache"));
        Plugin.dropChangedJar(server.data(), "rival.jar", Map.of("Bundle-SymbolicName", "com.example.rival"));
        server.start();
        server.awaitSolutionFinder();

        awaitConsole("com.example.rival", "belongs to bundle");
        assertThat(count().statusCode()).isEqualTo(404);

        assertThat(server.console("market:solution-owner word-count com.example.rival", "-u", "operator", "-p",
            server.operatorSecret()).output()).contains("word-count belongs to bundle com.example.rival now");
        Plugin.dropChangedJar(server.data(), "rival.jar",
            Map.of("Bundle-SymbolicName", "com.example.rival", "Bundle-Version", "99.0.0"));
        server.http().await("the new owner serves", this::count, answer -> answer.statusCode() != 404);
    }

    private static void deleteAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Nobody takes such a file, so nobody says anything either. */
    @Test
    void survivesAFileThatIsNoBundle() throws Exception {
        Path junk = server.data().resolve("deploy/junk.jar");
        Files.write(junk, new byte[] {1, 2, 3});
        Plugin.dropJar(server.data());

        server.http().await("word-count is there", this::count, answer -> answer.statusCode() == 200);
        othersGoOn();
    }

    private HttpResponse<String> count() throws IOException, InterruptedException {
        return server.http().post(COUNT, "{\"text\": \"one\"}");
    }

    private void awaitConsole(String... wanted) throws Exception {
        String secret = server.operatorSecret();
        Server.Ended answer = new Server.Ended(1, "");
        long began = System.nanoTime();
        while (System.nanoTime() - began < PATIENCE.toNanos() && !List.of(wanted).stream().allMatch(answer.output()::contains)) {
            answer = server.console("market:solutions", "-u", "operator", "-p", secret);
        }
        assertThat(answer.output()).contains(wanted);
    }

    private void othersGoOn() throws Exception {
        assertThat(server.http().get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(server.http().get("/solutions/aws-solution-finder/search").statusCode()).isEqualTo(200);
        assertThat(server.http().get("/api/solutions").body()).contains("\"aws-solution-finder\"");
    }
}

package com.cloudnestle.marketplace.plugin.host.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessScriptTest {

    private static final String PATH = "/solutions/marketplace.js";

    @TempDir
    File scratch;

    @Test
    void isServedBesideTheSolutionsAndKnowsWhenItIsUnchanged() throws Exception {
        try (Platform platform = new Platform()) {
            platform.deploy("com.example.text", "1.0.0", () -> new TextSolution("text", "ok"), Map.of("index.html", "<p>"));
            AccessScript script = AccessScript.serve(platform.runtime, Platform.NOON);

            HttpResponse<String> answer = platform.get(PATH);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/javascript;charset=utf-8");
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-cache");
            assertThat(answer.body()).contains("data-solution");
            String tag = answer.headers().firstValue("ETag").orElseThrow();
            assertThat(platform.send(platform.request(PATH).header("If-None-Match", tag)).statusCode()).isEqualTo(304);
            assertThat(platform.get("/solutions/text/index.html").statusCode()).isEqualTo(200);

            script.stop();
            assertThat(platform.get(PATH).statusCode()).isEqualTo(404);
        }
    }

    /** Its own tests are written in its own language; they need Node 20, as the build of the pages does. */
    @Test
    void passesItsTests() throws Exception {
        File output = new File(scratch, "output.txt");
        Process node = new ProcessBuilder("node", "--test", "--test-reporter=spec", "src/test/js/marketplace.test.mjs")
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        try {
            boolean ended = node.waitFor(5, TimeUnit.MINUTES);
            String said = Files.readString(output.toPath(), StandardCharsets.UTF_8);
            assertThat(ended).as(said).isTrue();
            assertThat(node.exitValue()).as(said).isZero();
            assertThat(said).containsPattern("tests [1-9]");
        } finally {
            node.destroyForcibly();
        }
    }
}

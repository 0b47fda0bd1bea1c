package com.cloudnestle.marketplace.rest.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyLimitTest {

    private static final int LIMIT = 64 * 1024;

    private final TestServer server = new TestServer();
    private final Counting counting = new Counting();

    @Path("/")
    @Produces("application/json")
    @Consumes("application/json")
    public static final class Counting {
        final AtomicInteger calls = new AtomicInteger();

        @POST
        public Map<String, Integer> count(Map<String, String> body) {
            calls.incrementAndGet();
            return Map.of("length", body.get("text").length());
        }
    }

    @Path("/")
    @Produces("application/json")
    public static final class Reading {
        @DELETE
        public Map<String, Integer> length(InputStream body) throws IOException {
            return Map.of("length", body.readAllBytes().length);
        }
    }

    private LiveMount mount;

    @BeforeEach
    void mount() {
        mount = (LiveMount) server.mount("/api", counting);
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 100_000})
    void aBodyThatBreaksOffDoesNotKeepTheMountInUse(int promisedBytes) throws Exception {
        String request = "POST /api HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                + promisedBytes + "\r\n\r\n{\"text\":";

        Semaphore ended = server.watchEnds();

        server.raw(request, true);

        assertThat(ended.tryAcquire(60, TimeUnit.SECONDS)).as("the server is through with it").isTrue();
        assertThat(mount.inFlight()).isZero();
        assertThat(counting.calls).hasValue(0);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void acceptsABodyOfExactlyTheLimit() throws Exception {
        assertThat(server.post("/api", body(LIMIT)).statusCode()).isEqualTo(200);
        assertThat(chunked(body(LIMIT)).statusCode()).isEqualTo(200);
    }

    @Test
    void refusesOneByteMore() throws Exception {
        assertTooLarge(server.post("/api", body(LIMIT + 1)));
    }

    @Test
    void refusesAChunkedBodyThatIsTooLarge() throws Exception {
        assertTooLarge(chunked(body(LIMIT + 1)));
        assertTooLarge(chunked(body(600_000)));
    }

    @Test
    void refusesBeforeParsing() throws Exception {
        assertTooLarge(chunked("!".repeat(LIMIT + 1)));
    }

    @Test
    void refusesAHugeContentLengthWithoutWaitingForIt() throws Exception {
        String answer = server.raw("POST /api HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nConnection: close\r\n"
                + "Expect: 100-continue\r\nContent-Length: 10000000000\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 413");
    }

    @Test
    void aContentLengthThatIsTooSmallEndsTheBodyThere() throws Exception {
        String answer = server.raw("POST /api HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nConnection: close\r\n"
                + "Content-Length: 10\r\n\r\n" + body(LIMIT * 2));

        assertThat(answer).startsWith("HTTP/1.1 400").contains("malformed-json");
        assertThat(counting.calls).hasValue(0);
    }

    @Test
    void refusesChunksThatAreMalformed() throws Exception {
        String answer = server.raw("POST /api HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nConnection: close\r\n"
                + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400");
        assertThat(counting.calls).hasValue(0);
    }

    @Test
    void aResourceThatReadsTheBodyItselfDoesNotTurnABrokenOneIntoSuccess() throws Exception {
        server.mount("/raw", new Reading());

        String answer = server.raw("DELETE /raw HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nConnection: close\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\nzz\r\n}\r\n0\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400").contains("\"code\":\"bad-request\"");
    }

    private void assertTooLarge(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("\"code\":\"too-large\"");
        assertThat(counting.calls).hasValue(0);
    }

    private HttpResponse<String> chunked(String body) throws Exception {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return server.send(server.request("/api").header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes))));
    }

    private static String body(int length) {
        String frame = "{\"text\":\"\"}";
        return "{\"text\":\"" + "x".repeat(length - frame.length()) + "\"}";
    }
}

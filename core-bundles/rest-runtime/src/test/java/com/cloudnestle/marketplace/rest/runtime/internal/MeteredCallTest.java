package com.cloudnestle.marketplace.rest.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.rest.CallGate;
import com.cloudnestle.marketplace.solution.Metered;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeteredCallTest {

    private final TestServer server = new TestServer();
    private final RecordingGate gate = new RecordingGate();
    private final Work work = new Work();

    static final class RecordingGate implements CallGate {
        final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
        final BlockingQueue<Boolean> ends = new LinkedBlockingQueue<>();
        volatile @Nullable Verdict verdict;
        volatile @Nullable RuntimeException failure;

        @Override
        public Verdict enter(Call call) {
            calls.add(call);
            RuntimeException thrown = failure;
            if (thrown != null) {
                throw thrown;
            }
            Verdict fixed = verdict;
            return fixed != null ? fixed : new Verdict.Pass(Map.of("X-Marketplace-Tier", "pro", "RateLimit", "\"day\";r=1"), ends::add);
        }
    }

    record Text(String text, int times) {}

    @Path("/")
    @Produces("application/json")
    @Consumes("application/json")
    public static final class Work {
        final AtomicInteger done = new AtomicInteger();
        final CountDownLatch streaming = new CountDownLatch(1);
        final CountDownLatch clientGone = new CountDownLatch(1);

        @POST
        @Path("count")
        @Metered(value = "count", units = 3)
        public Map<String, Integer> count(Text text) {
            return Map.of("done", done.incrementAndGet());
        }

        @GET
        @Path("free")
        public Map<String, Integer> free() {
            return Map.of("done", done.incrementAndGet());
        }

        @GET
        @Path("status/{status}")
        @Metered("count")
        public Response status(@PathParam("status") int status, @QueryParam("n") int n) {
            return Response.status(status).entity(Map.of()).header("X-Marketplace-Tier", "forged").build();
        }

        @GET
        @Path("throw/{what}")
        @Metered("count")
        public Map<String, String> fail(@PathParam("what") String what) {
            if (what.equals("error")) {
                throw new StackOverflowError();
            }
            throw what.equals("expected") ? MarketplaceException.invalid("q", "is bad") : new IllegalStateException();
        }

        @GET
        @Path("async")
        @Metered("count")
        public void async(@Suspended AsyncResponse answer) {
            CompletableFuture.runAsync(() -> answer.resume(Map.of("done", done.incrementAndGet())));
        }

        @GET
        @Path("stage")
        @Metered("count")
        public CompletionStage<Map<String, Integer>> stage(@QueryParam("fail") boolean fail) {
            return CompletableFuture.supplyAsync(() -> {
                if (fail) {
                    throw new IllegalStateException();
                }
                return Map.of("done", done.incrementAndGet());
            });
        }

        @GET
        @Path("stream")
        @Metered("count")
        @Produces("application/octet-stream")
        public StreamingOutput stream() {
            return out -> {
                out.write(new byte[200_000]);
                out.flush();
                streaming.countDown();
                await(clientGone);
                for (int i = 0; i < 1000; i++) {
                    out.write(new byte[1_000_000]);
                }
            };
        }

        private static void await(CountDownLatch latch) {
            try {
                if (!latch.await(60, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("nobody came");
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @BeforeEach
    void mount() {
        server.runtime.mount("/jobs/api", List.of(work), gate);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void asksTheGateAndAddsItsHeaders() throws Exception {
        HttpResponse<String> answer = server.send(server.request("/jobs/api/count?x=1")
                .header("Content-Type", "application/json").header("X-Device-Id", "dev-1").header("Authorization", "Bearer t")
                .header("X-Forwarded-For", "8.8.8.8")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{\"text\":\"a\"}")));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"done\":1}");
        assertThat(answer.headers().firstValue("X-Marketplace-Tier")).hasValue("pro");
        assertThat(answer.headers().firstValue("RateLimit")).hasValue("\"day\";r=1");
        CallGate.Call call = gate.calls.remove();
        assertThat(call.action()).isEqualTo("count");
        assertThat(call.units()).isEqualTo(3);
        assertThat(call.remoteAddress()).isEqualTo("127.0.0.1");
        assertThat(call.path()).isEqualTo("/jobs/api/count");
        assertThat(call.header("x-device-id")).hasValue("dev-1");
        assertThat(call.header("authorization")).hasValue("Bearer t");
        assertThat(ended()).isFalse();
    }

    @Test
    void tellsTheGateWhetherTwoCallsAskForTheSame() throws Exception {
        for (String body : List.of("{\"text\":\"a\"}", "{\"text\":\"a\"}", "{\"text\":\"b\"}")) {
            server.post("/jobs/api/count", body);
        }
        server.post("/jobs/api/count?x", "{\"text\":\"a\"}");
        server.get("/jobs/api/status/200?n=1");
        server.get("/jobs/api/status/200?n=2");

        List<String> fingerprints = gate.calls.stream().map(CallGate.Call::fingerprint).toList();
        assertThat(fingerprints).hasSize(6).allMatch(text -> text.matches("[0-9a-f]{64}"));
        assertThat(fingerprints.get(1)).isEqualTo(fingerprints.get(0));
        assertThat(fingerprints.subList(1, 6)).doesNotHaveDuplicates();
    }

    @Test
    void aRefusalIsTheAnswerAndTheMethodIsNotCalled() throws Exception {
        gate.verdict = new CallGate.Verdict.Refuse(429, Map.of("Retry-After", "60"), "{\"error\":\"Quota exceeded\",\"x\":\"é\"}");

        HttpResponse<String> answer = server.post("/jobs/api/count", "{}");

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("60");
        assertThat(answer.body()).isEqualTo("{\"error\":\"Quota exceeded\",\"x\":\"é\"}");
        assertThat(work.done).hasValue(0);
    }

    @Test
    void aFailingGateIsAProblemAndTheMethodIsNotCalled() throws Exception {
        gate.failure = new MarketplaceException(Problem.TOKEN_REVOKED, "gone");
        assertThat(server.post("/jobs/api/count", "{}").statusCode()).isEqualTo(401);

        gate.failure = new IllegalStateException("bug");
        assertThat(server.post("/jobs/api/count", "{}").statusCode()).isEqualTo(500);
        assertThat(work.done).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "{\"times\":\"many\"}", "", "{\"times\":99999999999}"})
    void aBodyThatCannotBeReadCostsNothing(String body) throws Exception {
        assertThat(server.post("/jobs/api/count", body).statusCode()).isIn(400, 422);
        assertThat(gate.calls).isEmpty();
    }

    @Test
    void aRequestThatFitsNoMethodCostsNothing() throws Exception {
        assertThat(server.post("/jobs/api/count", "{\"text\":\"" + "x".repeat(70_000) + "\"}").statusCode()).isEqualTo(413);
        assertThat(server.get("/jobs/api/status/200?n=many").statusCode()).isEqualTo(404);
        assertThat(server.get("/jobs/api/count").statusCode()).isEqualTo(405);
        assertThat(server.send(server.request("/jobs/api/count").method("OPTIONS",
                java.net.http.HttpRequest.BodyPublishers.noBody())).statusCode()).isEqualTo(200);
        assertThat(gate.calls).isEmpty();
    }

    @Test
    void methodsWithoutAMeterPassUnasked() throws Exception {
        assertThat(server.get("/jobs/api/free").statusCode()).isEqualTo(200);
        assertThat(gate.calls).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 302, 399})
    void anAnswerBelow400IsASuccess(int status) throws Exception {
        HttpResponse<String> answer = server.get("/jobs/api/status/" + status);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().allValues("X-Marketplace-Tier")).containsExactly("pro");
        assertThat(ended()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"status/400", "status/404", "status/503", "throw/expected", "throw/bug", "throw/error", "stage?fail=true"})
    void anAnswerFrom400IsAFailure(String path) throws Exception {
        HttpResponse<String> answer = server.get("/jobs/api/" + path);

        assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(answer.headers().firstValue("RateLimit")).isEmpty();
        assertThat(ended()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"async", "stage"})
    void asynchronousCallsEndWhenTheirAnswerIsOut(String path) throws Exception {
        HttpResponse<String> answer = server.get("/jobs/api/" + path);

        assertThat(answer.body()).isEqualTo("{\"done\":1}");
        assertThat(answer.headers().firstValue("X-Marketplace-Tier")).hasValue("pro");
        assertThat(ended()).isFalse();
    }

    @Test
    void aClientThatHangsUpHasUsedItsUnitsAndIsToldToTheGateOnce() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoLinger(true, 0); // close by reset
            socket.getOutputStream().write("GET /jobs/api/stream HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            assertThat(in.read()).isEqualTo('H');
            assertThat(work.streaming.await(60, TimeUnit.SECONDS)).isTrue();
        }
        work.clientGone.countDown();

        assertThat(ended()).isFalse();
    }

    @Test
    void aCompletionThatFailsDoesNotSpoilTheAnswer() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        gate.verdict = new CallGate.Verdict.Pass(Map.of(), failed -> {
            told.countDown();
            throw new IllegalStateException("store is down");
        });

        assertThat(server.post("/jobs/api/count", "{}").statusCode()).isEqualTo(200);
        assertThat(told.await(60, TimeUnit.SECONDS)).isTrue();
    }

    /** How the one call ended; it must have ended once. */
    private boolean ended() throws InterruptedException {
        Boolean failed = gate.ends.poll(60, TimeUnit.SECONDS);
        assertThat(failed).isNotNull();
        assertThat(gate.calls.size() + gate.ends.size()).isLessThanOrEqualTo(1);
        assertThat(gate.ends).isEmpty();
        return failed;
    }
}

package com.cloudnestle.marketplace.gateway.razorpay.internal;

import static com.cloudnestle.marketplace.gateway.razorpay.internal.PaymentTest.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.gateway.razorpay.internal.Wire.Reply;
import com.cloudnestle.marketplace.gateway.razorpay.server.Trouble;
import com.cloudnestle.marketplace.payment.Expected;
import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.cloudnestle.marketplace.payment.GatewayException.Retry;
import com.cloudnestle.marketplace.payment.PaymentSnapshot;
import com.cloudnestle.marketplace.payment.PaymentSnapshot.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made of answers that are not the usual ones; numbers are those of the reviewer's cases. */
class ProtocolTest {

    private static final String ONE = "pay_aaaaaaaaaaaaaaaaaaaaaaaaaa";

    private final Workbench bench = new Workbench();

    @AfterEach
    void close() {
        bench.close();
    }

    private Expected paid() throws GatewayException {
        Expected expected = bench.open(ONE);
        bench.server.levers().pay(ONE);
        return expected;
    }

    private long asked() {
        return bench.server.requests().size();
    }

    /** 41: there is no token to renew, so a key that is refused is asked about once, by however many threads. */
    @Test
    void aKeyThatIsRefusedIsNoStormAndWorksAgainAfterwards() throws Exception {
        Expected expected = paid();
        long before = asked();
        bench.server.disturb(Trouble.NOT_KNOWN, 20);
        ExecutorService pool = Executors.newFixedThreadPool(20);
        try {
            List<Future<Kind>> asking = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Callable<Kind> ask = () -> {
                    try {
                        bench.gateway.fetchPayment(expected);
                        return Kind.UNSUPPORTED;
                    } catch (GatewayException e) {
                        return e.kind();
                    }
                };
                asking.add(pool.submit(ask));
            }
            for (Future<Kind> each : asking) {
                assertThat(each.get(60, TimeUnit.SECONDS)).isEqualTo(Kind.AUTHENTICATION);
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(asked() - before).isEqualTo(20);
        assertThat(bench.gateway.health().working()).isFalse();
        assertThat(bench.gateway.fetchPayment(expected).state()).isEqualTo(State.CAPTURED);
        assertThat(bench.gateway.health().working()).isTrue();
    }

    /** 42. */
    @Test
    void aQuestionThatFailsInPassingIsRepeatedWithLongerPauses() throws GatewayException {
        Expected expected = paid();
        bench.server.disturb(Trouble.ERROR_BEFORE, 2);

        assertThat(bench.gateway.fetchPayment(expected).state()).isEqualTo(State.CAPTURED);
        assertThat(bench.pauses).containsExactly(Duration.ofMillis(200), Duration.ofMillis(400));
    }

    /** 42. */
    @Test
    void questionsAreNotRepeatedForEver() throws GatewayException {
        Expected expected = paid();
        long before = asked();
        bench.server.disturb(Trouble.ERROR_BEFORE, 100);

        refused(Kind.OUTCOME_UNKNOWN, () -> bench.gateway.fetchPayment(expected));
        assertThat(asked() - before).isEqualTo(3);
    }

    /** 42: seven seconds are more than a caller is kept waiting. */
    @Test
    void aPauseThatIsTooLongIsLeftToTheCaller() throws GatewayException {
        Expected expected = paid();
        bench.server.disturb(Trouble.TOO_MANY, 100);

        assertThatExceptionOfType(GatewayException.class).isThrownBy(() -> bench.gateway.fetchPayment(expected)).satisfies(e -> {
            assertThat(e.kind()).isEqualTo(Kind.RATE_LIMITED);
            assertThat(e.retryAfter()).contains(Duration.ofSeconds(7));
            assertThat(e.retry()).isEqualTo(Retry.SAME_KEY);
        });
        assertThat(bench.pauses).isEmpty();
    }

    /** 42: nothing that moves money is sent twice by itself. */
    @Test
    void whatMovesMoneyIsSentOnce() throws GatewayException {
        Expected expected = paid();
        bench.gateway.fetchPayment(expected);
        long before = bench.server.requests().stream().filter(request -> request.endsWith("/refund")).count();
        var request = bench.refund("rfd_aaaaaaaaaaaaaaaaaaaaaaaaaa", new Expected(ONE, expected.providerOrderId(),
                bench.gateway.fetchPayment(expected).providerPaymentId(), expected.amount(), "cus_lab", expected.createdAt(), expected.expiresAt()), 500);
        bench.server.disturb(Trouble.ERROR_BEFORE, 100);

        refused(Kind.OUTCOME_UNKNOWN, () -> bench.gateway.refund(request));
        assertThat(bench.server.requests().stream().filter(each -> each.endsWith("/refund")).count() - before).isEqualTo(1);
    }

    /** 43. */
    @ParameterizedTest
    @CsvSource({"500, R999", "502, <html>bad gateway</html>", "400, <html>no</html>", "404, nothing here", "200, R999", "200, ''", "200, [1]"})
    void whatIsNoAnswerOfRazorpayProvesNothing(int status, String body) {
        assertThat(kind(status, body)).isEqualTo(Kind.OUTCOME_UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
            "400; BAD_REQUEST_ERROR; The id provided does not exist; business; NOT_FOUND",
            "400; BAD_REQUEST_ERROR; payment link creation failed: reference_id already exists; business; DUPLICATE",
            "400; BAD_REQUEST_ERROR; Your payment was declined by the bank; bank; DECLINED",
            "400; GATEWAY_ERROR; Payment failed; gateway; DECLINED",
            "400; BAD_REQUEST_ERROR; The payment has been fully refunded already; business; LIMIT",
            "400; BAD_REQUEST_ERROR; The amount must be an integer.; business; INVALID_REQUEST",
            "400; SERVER_ERROR; Something went wrong; internal; OUTCOME_UNKNOWN",
            "401; BAD_REQUEST_ERROR; Authentication failed; NA; AUTHENTICATION",
            "403; BAD_REQUEST_ERROR; Access denied; NA; FORBIDDEN",
            "409; BAD_REQUEST_ERROR; Different request with the same idempotency key; business; DUPLICATE",
            "429; BAD_REQUEST_ERROR; Too many requests; NA; RATE_LIMITED",
            "502; GATEWAY_ERROR; The gateway did not answer; gateway; OUTCOME_UNKNOWN",
            "503; SERVICE_UNAVAILABLE; Down; internal; OUTCOME_UNKNOWN"})
    void errorsSayWhatHelps(int status, String code, String description, String source, Kind kind) {
        GatewayException error = error(status, "{\"error\":{\"code\":\"" + code + "\",\"description\":\"" + description + "\",\"source\":\"" + source + "\"}}");

        assertThat(error.kind()).isEqualTo(kind);
        assertThat(error.getMessage()).as("descriptions may quote people").doesNotContain(description);
    }

    @Test
    void whatLooksLikeNoCodeIsNotRepeated() {
        GatewayException error = error(400, "{\"error\":{\"code\":\"BAD_REQUEST_ERROR\",\"field\":\"contact +919000000000\",\"reason\":\"a b\"}}");

        assertThat(error).hasMessage("status 400: BAD_REQUEST_ERROR");
        assertThat(error(400, "{\"error\":{\"code\":\"call +919000000000\"}}").providerCode()).isEmpty();
    }

    private static Kind kind(int status, String body) {
        if (status == 200) {
            return Entity.parse(body.getBytes(StandardCharsets.UTF_8)).isEmpty() ? Kind.OUTCOME_UNKNOWN : Kind.UNSUPPORTED;
        }
        return error(status, body).kind();
    }

    private static GatewayException error(int status, String body) {
        return ApiErrors.of(new Reply(status, body.getBytes(StandardCharsets.UTF_8), Optional.empty()));
    }

    /** 44. */
    @Test
    void aStateWithoutANameIsUnknownAndAskedAboutAgain() throws GatewayException {
        Expected expected = paid();
        bench.server.disturb(Trouble.UNKNOWN_STATE, 100);

        PaymentSnapshot snapshot = bench.gateway.fetchPayment(expected);

        assertThat(snapshot.state()).isEqualTo(State.UNKNOWN);
        assertThat(snapshot.failure()).isEqualTo("status levitating");
        bench.server.calm();
        assertThat(bench.gateway.fetchPayment(expected).state()).isEqualTo(State.CAPTURED);
    }

    /** 44. */
    @Test
    void membersWithoutANameAreNothing() throws GatewayException {
        bench.server.disturb(Trouble.UNKNOWN_MEMBERS, 100);

        assertThat(bench.gateway.fetchPayment(paid()).state()).isEqualTo(State.CAPTURED);
    }

    /** 45: notes as an array, flags and amounts in quotes, no fee. */
    @Test
    void theQuirksOfItsSamplesAreRead() throws GatewayException {
        bench.server.disturb(Trouble.QUIRKS, 100);

        PaymentSnapshot snapshot = bench.gateway.fetchPayment(paid());

        assertThat(snapshot.state()).isEqualTo(State.CAPTURED);
        assertThat(snapshot.amount()).isEqualTo(Workbench.inr(117_882));
        assertThat(snapshot.fee()).isEmpty();
        assertThat(Entity.parse("{\"notes\":[]}".getBytes(StandardCharsets.UTF_8)).orElseThrow().note("payment_id")).isEmpty();
    }

    /** 46. */
    @Test
    void redirectsAreNotFollowed() throws GatewayException {
        Expected expected = paid();
        bench.server.disturb(Trouble.REDIRECT, 100);

        refused(Kind.CONFIGURATION, () -> bench.gateway.fetchPayment(expected));
        refused(Kind.CONFIGURATION, () -> bench.gateway.createCheckout(bench.request("pay_bbbbbbbbbbbbbbbbbbbbbbbbbb")));
        assertThat(bench.server.redirectsFollowed()).isZero();
    }

    @Test
    void nobodyListeningIsNotContacted() throws IOException {
        try (Socket nobody = new Socket()) { // bound, so that nobody else can listen there, and does not listen itself
            nobody.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            try (Workbench away = new Workbench(Map.of("base_url", "http://127.0.0.1:" + nobody.getLocalPort()))) {
                refused(Kind.NOT_CONTACTED, () -> away.gateway.createCheckout(away.request(ONE)));
                assertThat(away.gateway.health().working()).isFalse();
            }
        }
    }

    @Test
    void silenceEndsWithinTheTimeOfTheConfiguration() throws GatewayException {
        try (Workbench hasty = Workbench.inTime(Map.of("request_timeout_millis", "300", "connect_timeout_millis", "60000"))) {
            hasty.server.disturb(Trouble.SILENCE, 100);
            long began = System.nanoTime();

            refused(Kind.OUTCOME_UNKNOWN, () -> hasty.gateway.createCheckout(hasty.request(ONE)));
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(50));
        }
    }

    @Test
    void aStopInTheMiddleOfACallEndsItWithAnUnknownOutcome() throws Exception {
        try (Workbench patient = Workbench.inTime(Map.of("request_timeout_millis", "60000", "connect_timeout_millis", "60000"))) {
            patient.server.disturb(Trouble.SILENCE, 100);
            CompletableFuture<Kind> call = CompletableFuture.supplyAsync(() -> {
                try {
                    patient.gateway.createCheckout(patient.request(ONE));
                    return Kind.UNSUPPORTED;
                } catch (GatewayException e) {
                    return e.kind();
                }
            });
            for (int i = 0; i < 60_000 && patient.server.requests().stream().noneMatch("POST /v1/orders"::equals); i++) {
                LockSupport.parkNanos(1_000_000);
            }

            patient.gateway.close();

            assertThat(call.get(40, TimeUnit.SECONDS)).as("long before its time is over").isEqualTo(Kind.OUTCOME_UNKNOWN);
            refused(Kind.NOT_CONTACTED, () -> patient.gateway.createCheckout(patient.request(ONE)));
        }
    }
}

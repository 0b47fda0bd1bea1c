package com.cloudnestle.marketplace.rest.internal.payment;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.PaymentGateway;
import com.cloudnestle.marketplace.payment.internal.WholePayments;
import com.cloudnestle.marketplace.rest.internal.testing.Http.Answer;
import com.cloudnestle.marketplace.rest.internal.testing.Http;
import com.cloudnestle.marketplace.rest.internal.testing.TestServer;
import com.cloudnestle.marketplace.testing.ManualClock;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What somebody would send who wants to be paid for or upgraded without having paid, from the wire to the real payments with the real
 * gateways. The numbers are those of the guide to payments; that secrets are compared in constant time (12) gateways show themselves.
 */
class WebhookCasesTest {

    private static final ManualClock CLOCK = new ManualClock(Instant.parse("2026-11-21T06:00:00Z"));
    private static final HttpServer PHONEPE = phonePe();
    private static final WholePayments WORLD = world();
    private static volatile String orderState = "PENDING";
    private static volatile String metaInfo = "{}";
    private static int events;

    @RegisterExtension
    static final TestServer SERVER = new TestServer().with(new WebhookServlet(new InstalledPayments(WORLD.payments), CLOCK),
            "/api/payments/webhook", "/api/payments/webhook/*");

    private final byte[] genuine = captured();

    private static WholePayments world() {
        return new WholePayments(CLOCK, List.of(Accounts.razorpay(CLOCK), account("phonepe"), account("phonepe-b")));
    }

    private static PaymentGateway account(String id) {
        return Accounts.phonePe(CLOCK, id, "http://127.0.0.1:" + PHONEPE.getAddress().getPort());
    }

    private static HttpServer phonePe() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                exchange.getRequestBody().readAllBytes();
                Instant later = CLOCK.instant().plusSeconds(900);
                byte[] answer = (exchange.getRequestURI().getPath().equals("/v1/oauth/token")
                        ? "{\"access_token\":\"t\",\"token_type\":\"O-Bearer\",\"issued_at\":" + CLOCK.instant().getEpochSecond()
                                + ",\"expires_at\":" + later.getEpochSecond() + "}"
                        : Accounts.order(orderState, later).replace("\"metaInfo\":{}", "\"metaInfo\":" + metaInfo)).getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @AfterAll
    static void stop() {
        PHONEPE.stop(0);
    }

    /** A notification nobody has sent before. */
    private static byte[] captured() {
        String id = String.format("%014d", ++events);
        return ("{\"entity\":\"event\",\"account_id\":\"acc_Lab00000000001\",\"event\":\"payment.captured\",\"contains\":[\"payment\"],"
                + "\"payload\":{\"payment\":{\"entity\":{\"id\":\"pay_" + id + "\",\"entity\":\"payment\",\"amount\":117882,"
                + "\"currency\":\"INR\",\"status\":\"captured\",\"order_id\":\"order_" + id + "\",\"notes\":[]}}},"
                + "\"created_at\":1795240800}").getBytes(StandardCharsets.UTF_8);
    }

    private static Http razorpay(String signature) {
        return SERVER.http().header("Content-Type", "application/json").header("x-razorpay-event-id", "evt_" + events)
                .header("x-razorpay-signature", signature);
    }

    private static Answer send(byte[] body, String signature) {
        return razorpay(signature).send("POST", "/api/payments/webhook/razorpay", BodyPublishers.ofByteArray(body));
    }

    private static String right(byte[] body) {
        return Accounts.razorpaySignature(Accounts.WEBHOOK_SECRET, body);
    }

    private static void refused(Answer answer) {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("webhook-refused");
    }

    /** That nothing was kept of what was sent. */
    private static void noEffect(Runnable sending) {
        int before = WORLD.records();
        sending.run();
        assertThat(WORLD.records()).isEqualTo(before);
    }

    @Test
    void genuineOnesAreKeptAtEitherAddress() {
        int before = WORLD.records();

        assertThat(send(genuine, right(genuine)).text()).isEqualTo("{\"status\":\"accepted\"}");
        int once = WORLD.records();
        assertThat(once).isGreaterThan(before);
        byte[] other = captured();
        assertThat(razorpay(right(other)).send("POST", "/api/payments/webhook", BodyPublishers.ofByteArray(other)).status()).isEqualTo(200);
        assertThat(WORLD.records()).isGreaterThan(once);
    }

    @Test
    void case1WithoutSignature() {
        noEffect(() -> {
            Http bare = SERVER.http().header("x-razorpay-event-id", "evt_1");
            refused(bare.send("POST", "/api/payments/webhook/razorpay", BodyPublishers.ofByteArray(genuine)));
            refused(bare.send("POST", "/api/payments/webhook", BodyPublishers.ofByteArray(genuine)));
            refused(SERVER.http().post("/api/payments/webhook/phonepe", completed("pay_1")));
        });
    }

    @Test
    void case2ForgedSignature() {
        noEffect(() -> {
            refused(send(genuine, "0".repeat(64)));
            refused(send(genuine, Accounts.razorpaySignature("guessed", genuine)));
        });
    }

    @Test
    void case3OneByteChanged() {
        noEffect(() -> {
            for (int i = 0; i < genuine.length; i += 37) {
                byte[] changed = genuine.clone();
                changed[i] ^= 1;
                refused(send(changed, right(genuine)));
            }
        });
    }

    @Test
    void case4WrittenAnewWithTheOldSignature() throws IOException {
        ObjectMapper json = new ObjectMapper();
        byte[] anew = json.writerWithDefaultPrettyPrinter().writeValueAsBytes(json.readTree(genuine));

        noEffect(() -> refused(send(anew, right(genuine))));
        assertThat(send(anew, right(anew)).status()).as("signed as it is").isEqualTo(200);
    }

    @Test
    void case5SignedWithTheSecretOfCalls() {
        noEffect(() -> refused(send(genuine, Accounts.razorpaySignature(Accounts.API_SECRET, genuine))));
    }

    @Test
    void case6SignatureInAnotherForm() {
        String right = right(genuine);
        noEffect(() -> {
            for (String form : List.of(right.toUpperCase(Locale.ROOT), "sha256=" + right, right.substring(1), right + "0", "=", "x".repeat(4000))) {
                refused(send(genuine, form));
            }
        });
        assertThat(send(genuine, "  " + right).status()).as("blanks around a header are none of it").isEqualTo(200);
    }

    @Test
    void case7SecretBeforeThisOneUntilItsGraceIsOver() {
        ManualClock clock = new ManualClock(CLOCK.instant());
        WholePayments own = new WholePayments(clock, List.of(Accounts.razorpay(clock)));
        byte[] first = genuine;
        byte[] later = captured();

        assertThat(status(own, clock, first, Accounts.razorpaySignature(Accounts.SECRET_BEFORE, first))).isEqualTo(200);
        clock.advance(Accounts.GRACE.plusSeconds(1));
        assertThat(status(own, clock, later, Accounts.razorpaySignature(Accounts.SECRET_BEFORE, later))).isEqualTo(401);
        assertThat(status(own, clock, later, right(later))).isEqualTo(200);
    }

    private static int status(WholePayments world, ManualClock clock, byte[] body, String signature) {
        return status(world, clock, body, Map.of("x-razorpay-signature", signature, "x-razorpay-event-id", "evt_x"));
    }

    private static int status(WholePayments world, ManualClock clock, byte[] body, Map<String, String> headers) {
        TestServer server = new TestServer().with(new WebhookServlet(new InstalledPayments(world.payments), clock), "/hook");
        try {
            server.beforeAll(null);
            try {
                Http http = server.http();
                for (Map.Entry<String, String> header : headers.entrySet()) {
                    http = http.header(header.getKey(), header.getValue());
                }
                return http.send("POST", "/hook", BodyPublishers.ofByteArray(body)).status();
            } finally {
                server.afterAll(null);
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void case8TwoSignatures() throws IOException {
        String body = new String(genuine, StandardCharsets.UTF_8);
        int before = WORLD.records();
        for (List<String> both : List.of(List.of(right(genuine), "0".repeat(64)), List.of("0".repeat(64), right(genuine)),
                List.of(right(genuine), right(genuine)))) {
            assertThat(SERVER.http().raw("POST /api/payments/webhook/razorpay HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                    + "X-Razorpay-Signature: " + both.get(0) + "\r\nx-razorpay-signature: " + both.get(1)
                    + "\r\nContent-Length: " + genuine.length + "\r\n\r\n" + body)).startsWith("HTTP/1.1 401");
        }
        assertThat(WORLD.records()).isEqualTo(before);
    }

    @Test
    void case9EmptyHugeCompressedOrNoText() throws IOException {
        ByteArrayOutputStream small = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(small)) {
            gzip.write(new byte[10_000_000]);
        }
        byte[] packed = small.toByteArray();
        byte[] noText = {(byte) 0xc3, (byte) 0x28, (byte) 0xff, 0, '{'};

        noEffect(() -> {
            assertThat(send(new byte[0], right(new byte[0])).status()).isEqualTo(400);
            assertThat(send(new byte[1_000_000], "x").status()).isEqualTo(413);
            assertThat(razorpay(right(packed)).header("Content-Encoding", "gzip")
                    .send("POST", "/api/payments/webhook/razorpay", BodyPublishers.ofByteArray(packed)).status()).isEqualTo(415);
            assertThat(send(packed, right(packed)).status()).as("not said to be compressed").isBetween(400, 499);
            assertThat(send(noText, right(noText)).status()).isBetween(400, 499);
        });
    }

    private static String completed(String paymentId) {
        return "{\"event\":\"checkout.order.completed\",\"type\":\"CHECKOUT_ORDER_COMPLETED\",\"payload\":{\"merchantId\":\"MLAB\","
                + "\"merchantOrderId\":\"" + paymentId + "\",\"orderId\":\"OMO1\",\"state\":\"COMPLETED\",\"amount\":117882,"
                + "\"paymentDetails\":[{\"transactionId\":\"OM" + ++events + "\",\"state\":\"COMPLETED\"}]}}";
    }

    @Test
    void case10RightHeaderWithAnInventedBody() {
        Payment payment = WORLD.begin("phonepe");
        Http phonePe = SERVER.http().header("Authorization", Accounts.phonePeHeader("phonepe"));

        assertThat(phonePe.post("/api/payments/webhook/phonepe", completed(payment.id())).status()).isEqualTo(200);
        assertThat(WORLD.state(payment)).as("the provider says otherwise").isEqualTo(Payment.State.OPEN);
        assertThat(WORLD.tier()).isEqualTo("registered");

        orderState = "COMPLETED";
        assertThat(phonePe.post("/api/payments/webhook", completed(payment.id())).status()).isEqualTo(200);
        assertThat(WORLD.state(payment)).isEqualTo(Payment.State.PAID);
        assertThat(WORLD.tier()).isEqualTo("pro");
    }

    @Test
    void case11HeaderOfOneAccountAtTheAddressOfAnother() {
        noEffect(() -> refused(SERVER.http().header("Authorization", Accounts.phonePeHeader("phonepe"))
                .post("/api/payments/webhook/phonepe-b", completed("pay_1"))));
        assertThat(SERVER.http().header("Authorization", Accounts.phonePeHeader("phonepe-b"))
                .post("/api/payments/webhook/phonepe-b", completed("pay_1")).status()).as("its own").isEqualTo(200);
    }

    @Test
    void case18NotesThatNameSomebodyElse() {
        WholePayments own = new WholePayments(CLOCK, List.of(account("phonepe")));
        Payment payment = own.begin("phonepe", "payer@example.com");
        String before = orderState;
        metaInfo = "{\"udf1\":\"" + own.ann() + "\",\"merchantOrderId\":\"pay_of_somebody_else\",\"udf2\":\"ann@example.com\"}";
        orderState = "COMPLETED";
        try {
            byte[] told = completed(payment.id()).replace("\"state\":\"COMPLETED\",\"amount\"",
                    "\"metaInfo\":" + metaInfo + ",\"state\":\"COMPLETED\",\"amount\"").getBytes(StandardCharsets.UTF_8);

            assertThat(status(own, CLOCK, told, Map.of("Authorization", Accounts.phonePeHeader("phonepe")))).isEqualTo(200);
        } finally {
            metaInfo = "{}";
            orderState = before;
        }
        assertThat(own.state(payment)).isEqualTo(Payment.State.PAID);
        assertThat(own.tier(payment)).isEqualTo("pro");
        assertThat(own.tier()).as("of whom the notes name").isEqualTo("registered");
    }

    @Test
    void gatewaysThatAreNotThereAreAReasonToTryAgain() {
        noEffect(() -> assertThat(SERVER.http().post("/api/payments/webhook/other", "{}").status()).isEqualTo(503));
    }
}

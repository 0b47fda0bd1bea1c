package com.cloudnestle.marketplace.rest.internal.payment;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.PaymentGateway;
import com.cloudnestle.marketplace.payment.internal.WholePayments;
import com.cloudnestle.marketplace.rest.internal.testing.TestServer;
import com.cloudnestle.marketplace.testing.ManualClock;
import com.cloudnestle.marketplace.testing.Together;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A gateway goes and comes again while notifications pour in from the wire, as when its bundle is updated or its configuration is
 * changed. Its provider is a server that says of every order that it was paid. The numbers are those of the guide to payments.
 */
@Timeout(600)
class GatewayChangeTest {

    private static final String ID = "phonepe";
    private static final String OLD_PASSWORD = "Passw0rd9";
    private static final String NEW_PASSWORD = "Passw0rd8";
    private static final int PAYMENTS = 60;
    private static final int SENDERS = 4;
    private static final int BEFORE_THE_CHANGE = 10;
    /** Sendings of one notification, one after a millisecond or more: longer than any change takes. */
    private static final int TRIES = 20_000;

    private static final ManualClock CLOCK = new ManualClock(Instant.parse("2026-11-21T06:00:00Z"));
    private static final WholePayments WORLD = new WholePayments(CLOCK, List.of());

    @RegisterExtension
    static final TestServer SERVER = new TestServer().with(new WebhookServlet(new InstalledPayments(WORLD.payments), CLOCK), "/hook", "/hook/*");

    private static int buyers;

    private final List<Payment> payments = new ArrayList<>();
    private final AtomicReference<String> password = new AtomicReference<>(OLD_PASSWORD);
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final CountDownLatch left = new CountDownLatch(1);
    private final Queue<Integer> unexpected = new ConcurrentLinkedQueue<>();
    private final ExecutorService handlers = Executors.newCachedThreadPool();
    private final AtomicInteger askedThere = new AtomicInteger();
    private HttpServer provider = provider(new AtomicInteger());
    private PaymentGateway gateway = gateway(provider, Map.of());

    private HttpServer provider(AtomicInteger asked) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(handlers);
            server.createContext("/", exchange -> answer(exchange, asked));
            server.start();
            return server;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void answer(HttpExchange exchange, AtomicInteger asked) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().getPath();
        Instant later = CLOCK.instant().plusSeconds(900);
        String text;
        if (path.equals("/v1/oauth/token")) {
            text = "{\"access_token\":\"t\",\"token_type\":\"O-Bearer\",\"issued_at\":" + CLOCK.instant().getEpochSecond()
                    + ",\"expires_at\":" + later.getEpochSecond() + "}";
        } else if (path.equals("/checkout/v2/pay")) {
            String id = body.replaceAll(".*\"merchantOrderId\":\"([^\"]+)\".*", "$1");
            text = Accounts.order("PENDING", later).replace("OMO1", "OMO" + id);
        } else {
            asked.incrementAndGet();
            String id = path.split("/")[4];
            text = Accounts.order("COMPLETED", later).replace("OMO1", "OMO" + id);
        }
        byte[] answer = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private static PaymentGateway gateway(HttpServer provider, Map<String, Object> changes) {
        return Accounts.phonePe(CLOCK, ID, "http://127.0.0.1:" + provider.getAddress().getPort(), changes);
    }

    @BeforeEach
    void buy() {
        WORLD.arrives(gateway);
        for (int i = 0; i < PAYMENTS; i++) {
            payments.add(WORLD.begin(ID, "buyer" + ++buyers + "@example.com"));
        }
    }

    @AfterEach
    void stop() {
        WORLD.leaves(gateway);
        provider.stop(0);
        handlers.shutdownNow();
    }

    private int send(Payment payment) {
        String body = "{\"event\":\"checkout.order.completed\",\"payload\":{\"merchantId\":\"MLAB\",\"merchantOrderId\":\"" + payment.id()
                + "\",\"orderId\":\"OMO" + payment.id() + "\",\"state\":\"COMPLETED\",\"amount\":117882}}";
        return SERVER.http().header("Authorization", Accounts.phonePeHeader(ID, password.get())).post("/hook/" + ID, body).status();
    }

    /** Sends as a provider does: again until it is taken. */
    private void sendUntilTaken(Payment payment) {
        for (int i = 0; i < TRIES; i++) {
            int status = send(payment);
            if (status == 200) {
                acknowledged.incrementAndGet();
                return;
            }
            if (status == 503) {
                refused.incrementAndGet();
            } else {
                unexpected.add(status);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        unexpected.add(0);
    }

    /** All notifications from several senders, and amid them the change. */
    private void underLoad(Runnable change) {
        long before = WORLD.notifications();
        AtomicInteger roles = new AtomicInteger();
        AtomicInteger next = new AtomicInteger();
        Together.run(SENDERS + 1, () -> {
            if (roles.getAndIncrement() == 0) {
                while (acknowledged.get() < BEFORE_THE_CHANGE) {
                    LockSupport.parkNanos(100_000);
                }
                change.run();
                return true;
            }
            for (int i = next.getAndIncrement(); i < PAYMENTS; i = next.getAndIncrement()) {
                if (i >= PAYMENTS / 2) { // half of them come when the gateway is gone at the earliest
                    assertThat(left.await(60, TimeUnit.SECONDS)).isTrue();
                }
                sendUntilTaken(payments.get(i));
            }
            return true;
        });
        assertThat(unexpected).as("answers that are neither 200 nor 503").isEmpty();
        assertThat(refused).as("sent while there was no gateway").hasPositiveValue();
        assertThat(WORLD.notifications() - before).as("each is kept, once").isEqualTo(PAYMENTS);
    }

    private void gone() {
        WORLD.leaves(gateway);
        left.countDown();
        while (refused.get() == 0) {
            LockSupport.parkNanos(100_000);
        }
    }

    private void allPaid() {
        for (int i = 0; i < 60; i++) { // what was cut off in the middle is worked on again
            CLOCK.advance(Duration.ofSeconds(5));
            WORLD.work();
        }
        assertThat(payments).allSatisfy(payment -> {
            assertThat(WORLD.state(payment)).isEqualTo(Payment.State.PAID);
            assertThat(WORLD.tier(payment)).isEqualTo("pro");
        });
    }

    @Test
    void case39GatewayGoesAndComesUnderNotifications() {
        underLoad(() -> {
            gone();
            WORLD.arrives(gateway);
        });

        allPaid();
    }

    @Test
    void case40AddressAndSecretChangeUnderNotifications() {
        underLoad(() -> {
            gone();
            provider.stop(0); // nobody listens at the old address any more
            provider = provider(askedThere);
            gateway = gateway(provider, Map.of("webhook_password", NEW_PASSWORD, "webhook_previous_password", OLD_PASSWORD,
                    "webhook_previous_until", CLOCK.instant().plus(Duration.ofDays(1)).toString()));
            WORLD.arrives(gateway);
            password.set(NEW_PASSWORD);
        });

        allPaid();
        assertThat(askedThere).as("payments asked for at the new address").hasValueGreaterThanOrEqualTo(PAYMENTS / 2);
        password.set(OLD_PASSWORD);
        assertThat(send(payments.get(0))).as("under way with the old secret").isEqualTo(200);
        CLOCK.advance(Duration.ofDays(2));
        assertThat(send(payments.get(0))).as("with the old secret after its time").isEqualTo(401);
    }
}

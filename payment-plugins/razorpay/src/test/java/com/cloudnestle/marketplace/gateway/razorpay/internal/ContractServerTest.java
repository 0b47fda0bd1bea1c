package com.cloudnestle.marketplace.gateway.razorpay.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.gateway.razorpay.server.Notifications;
import com.cloudnestle.marketplace.gateway.razorpay.server.RazorpayServer;
import com.cloudnestle.marketplace.testing.ManualClock;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the official client cannot see of the contract server: its webhooks and its pages. */
class ContractServerTest {

    private static final RazorpayServer.Account ACCOUNT = new RazorpayServer.Account("acc_A", "rzp_test_aaaaaaaa", "ks", "ws");

    private record Delivery(String signature, String id, byte[] body) {}

    private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
    private final HttpClient browser = HttpClient.newHttpClient();

    private String send(String url, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).header("Content-Type", "application/json")
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString("rzp_test_aaaaaaaa:ks".getBytes()))
                .method(body.isEmpty() ? "GET" : "POST", BodyPublishers.ofString(body)).build();
        return browser.send(request, BodyHandlers.ofString()).body();
    }

    @Test
    void webhooksAreSignedAndSentAgainUntilTheyAreTaken() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        HttpServer marketplace = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        marketplace.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean taken = calls.incrementAndGet() > 1;
            exchange.sendResponseHeaders(taken ? 204 : 503, -1);
            exchange.close();
            if (taken) {
                deliveries.add(new Delivery(exchange.getRequestHeaders().getFirst("X-Razorpay-Signature"),
                        exchange.getRequestHeaders().getFirst("x-razorpay-event-id"), body));
            }
        });
        marketplace.start();
        URI hook = URI.create("http://127.0.0.1:" + marketplace.getAddress().getPort() + "/hook");
        try (RazorpayServer server = new RazorpayServer(ACCOUNT, new ManualClock(Workbench.NOON), 0, hook)) {
            send(server.url() + "/v1/orders", "{\"amount\":500,\"currency\":\"INR\",\"receipt\":\"pay_1\"}");
            server.levers().pay("pay_1");

            for (int i = 0; i < 3; i++) {
                Delivery delivery = deliveries.poll(60, TimeUnit.SECONDS);
                assertThat(delivery).isNotNull();
                assertThat(delivery.signature()).isEqualTo(Notifications.sign(delivery.body(), "ws"));
            }
            var first = server.notifications().about(server.levers().orders("pay_1").get(0)).get(0);
            assertThat(server.notifications().deliver(first, hook)).isEqualTo(204);
            assertThat(deliveries.poll(60, TimeUnit.SECONDS)).satisfies(again -> assertThat(again.id()).isEqualTo(first.id()));
        } finally {
            marketplace.stop(0);
        }
    }

    @Test
    void theScriptOfTheCheckoutPageMakesTheSameGlobal() throws Exception {
        try (RazorpayServer server = new RazorpayServer(ACCOUNT, new ManualClock(Workbench.NOON), 0, null)) {
            assertThat(send(server.url() + "/v1/checkout.js", "")).contains("window.Razorpay = Razorpay");
            assertThat(send(server.url() + "/v1/levitate", "")).contains("was not found on the server");
        }
    }
}

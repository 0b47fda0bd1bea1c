package com.cloudnestle.marketplace.gateway.phonepe.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a browser journey needs of the contract server: a page with buttons, the way back, and notifications that arrive. */
class PaymentPageTest {

    private final HttpClient browser = HttpClient.newHttpClient();
    private final BlockingQueue<Asked> arrived = new LinkedBlockingQueue<>();
    private final PhonePeServer server = new PhonePeServer(0, Merchant.lab(), () -> Instant.EPOCH, true);
    private final HttpServer shop = shop();
    private final Order order = server.book().add(new Order("pay_1", "OMO1", "t1", 117_882, 1, "http://127.0.0.1:1/pay/pay_1", Reply.object(),
            Optional.empty(), false));

    private HttpServer shop() {
        try {
            HttpServer sink = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
            sink.createContext("/", exchange -> {
                arrived.add(new Asked("POST", exchange.getRequestURI().getPath(), "",
                        Map.of("signature", String.valueOf(exchange.getRequestHeaders().getFirst("x-phonepe-checksum-signature"))),
                        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            sink.start();
            return sink;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @BeforeEach
    void deliver() {
        server.deliverTo(URI.create("http://127.0.0.1:" + shop.getAddress().getPort() + "/hook"));
    }

    @AfterEach
    void close() {
        server.close();
        shop.stop(0);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return browser.send(HttpRequest.newBuilder(URI.create(server.base() + path)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> press(String button) throws Exception {
        return browser.send(HttpRequest.newBuilder(URI.create(server.base() + "/transact/OMO1/" + button))
                .POST(HttpRequest.BodyPublishers.noBody()).build(), BodyHandlers.ofString());
    }

    @Test
    void whoPaysGoesBackAndTheShopIsNotified() throws Exception {
        assertThat(get("/transact/OMO1?token=t1").body()).contains("1178.82").contains("Pay by UPI").contains("No money is moved");

        HttpResponse<String> paid = press("pay?token=t1");

        assertThat(paid.statusCode()).isEqualTo(303);
        assertThat(paid.headers().firstValue("Location")).contains("http://127.0.0.1:1/pay/pay_1");
        Asked notification = arrived.poll(60, TimeUnit.SECONDS);
        assertThat(notification).isNotNull();
        assertThat(notification.header("signature"))
                .isEqualTo(Signatures.hmac(Merchant.lab().webhookSecret(), notification.body().getBytes(StandardCharsets.UTF_8)));
        assertThat(order.completed()).isTrue();
        press("pay?token=t1");
        assertThat(order.attempts).as("a second press pays nothing").hasSize(1);
    }

    @Test
    void aNotificationCanBeLostAndAPaymentCanFailOrBeLeft() throws Exception {
        assertThat(press("cancel?token=t1").statusCode()).isEqualTo(303);
        assertThat(order.open()).isTrue();
        assertThat(press("mistype?token=t1").headers().firstValue("Location").orElseThrow()).startsWith("/transact/OMO1");
        press("pay-unnotified?token=t1");

        assertThat(order.completed()).isTrue();
        assertThat(server.notifications("pay_1")).as("written").hasSize(1);
        server.book().add(new Order("pay_2", "OMO2", "t2", 100, 1, "http://127.0.0.1:1/", Reply.object(), Optional.empty(), false));
        browser.send(HttpRequest.newBuilder(URI.create(server.base() + "/transact/OMO2/pay?token=t2"))
                .POST(HttpRequest.BodyPublishers.noBody()).build(), BodyHandlers.discarding());
        Asked next = arrived.poll(60, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        assertThat(next.body()).as("the first to arrive").contains("pay_2");
    }

    @Test
    void withoutItsTokenThereIsNoPage() throws Exception {
        assertThat(get("/transact/OMO1?token=other").statusCode()).isEqualTo(404);
        assertThat(press("pay?token=other").statusCode()).isEqualTo(404);
        assertThat(order.open()).isTrue();
    }

    @Test
    void inAFrameThePageTellsTheScriptHowItEnded() throws Exception {
        assertThat(get("/web/bundle/checkout.js").body()).contains("PhonePeCheckout").contains("tokenUrl");
        assertThat(get("/transact/OMO1?token=t1&frame=1").body()).contains("frame=1");
        assertThat(press("cancel?token=t1&frame=1").body()).contains("USER_CANCEL");
        assertThat(press("pay?token=t1&frame=1").body()).contains("CONCLUDED");
    }

    @Test
    void itRunsByItselfAndSaysWhere() throws Exception {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), PhonePeServer.class.getName()).redirectErrorStream(true).start();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            URI address = URI.create(lines.readLine());

            assertThat(browser.send(HttpRequest.newBuilder(address.resolve("/web/bundle/checkout.js")).build(), BodyHandlers.ofString())
                    .statusCode()).isEqualTo(200);
        } finally {
            process.destroy();
            process.waitFor(30, TimeUnit.SECONDS);
        }
    }
}

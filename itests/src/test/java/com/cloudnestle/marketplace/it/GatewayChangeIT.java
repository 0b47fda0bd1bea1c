package com.cloudnestle.marketplace.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.gateway.razorpay.server.Notifications;
import com.cloudnestle.marketplace.gateway.razorpay.server.Notifications.Notification;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While a provider tells of payments its gateway is stopped and started by an operator, and then its configuration is changed. */
class GatewayChangeIT {
    private static final String BUNDLE = "com.cloudnestle.marketplace.gateway.razorpay";
    private static final String NEW_SECRET = "another-webhook-secret-of-the-tests";
    private static final String ADDRESS = "/api/payments/webhook/razorpay";
    private static final int BUYERS = 20;
    private static final int EACH = 3;
    private static final int PER_SECOND = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @TempDir
    Path directory;

    private final AtomicReference<UnaryOperator<Notification>> signing = new AtomicReference<>(UnaryOperator.identity());

    private static Notification signedAnew(Notification told) {
        return new Notification(told.event(), told.subject(), told.id(), told.body(), Notifications.sign(told.body(), NEW_SECRET));
    }

    @Test
    void gatewayThatIsStoppedAndConfiguredAnewUnderNotificationsMissesNone() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (Shop shop = Shop.open(Distribution.unpack(directory), Path.of(System.getProperty("java.home")), directory)) {
            List<Buyers.Buyer> buyers = new Buyers(shop.server).come(BUYERS);
            URI address = URI.create("http://127.0.0.1:" + shop.server.port() + ADDRESS);
            try (Deliveries deliveries = new Deliveries(address, Duration.ofMillis(500))) {
                plan(shop, buyers, deliveries);
                shop.console("bundle:stop " + BUNDLE);
                shop.console("bundle:start " + BUNDLE);
                shop.reconfigure(NEW_SECRET, shop.razorpay.url().replace("127.0.0.1", "localhost"));
                awaitNewSecret(shop, buyers.get(0));
                signing.set(GatewayChangeIT::signedAnew);

                List<Deliveries.Attempt> attempts = deliveries.finish(PATIENCE);

                assertThat(attempts).extracting(Deliveries.Attempt::status).as("the gateway was there, or it was not").containsOnly(200, 503);
                assertThat(attempts.stream().filter(Deliveries.Attempt::acknowledged)).hasSize(BUYERS * EACH);
                assertThat(attempts.stream().map(Deliveries.Attempt::notification).collect(Collectors.toSet())).hasSize(BUYERS * EACH);
            }
            check(shop, buyers);
        }
    }

    private void plan(Shop shop, List<Buyers.Buyer> buyers, Deliveries deliveries) {
        long begun = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        long step = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
        for (int slot = 0; slot < BUYERS * EACH; slot++) {
            String payment = buyers.get(slot / EACH).paymentId();
            int event = slot % EACH;
            deliveries.plan(begun + step * slot, () -> {
                if (event == 0) {
                    shop.razorpay.levers().pay(payment);
                }
                return signing.get().apply(told(shop, payment).get(event));
            });
        }
    }

    private static List<Notification> told(Shop shop, String payment) {
        return shop.razorpay.notifications().about(shop.razorpay.levers().orders(payment).get(0));
    }

    /** A copy of what was taken in before changes nothing, and tells whether the new secret is known. */
    private static void awaitNewSecret(Shop shop, Buyers.Buyer first) throws Exception {
        Notification copy = signedAnew(told(shop, first.paymentId()).get(0));
        String body = new String(copy.body(), StandardCharsets.UTF_8);
        shop.server.http().await("the new configuration is in use", () -> shop.server.http().post(ADDRESS, body,
            "X-Razorpay-Signature", copy.signature(), "x-razorpay-event-id", copy.id()), answer -> answer.statusCode() == 200);
    }

    /** The tier follows the payment by a task, a moment after everybody can see that it is paid. */
    private static void check(Shop shop, List<Buyers.Buyer> buyers) throws Exception {
        long began = System.nanoTime();
        for (Buyers.Buyer buyer : buyers) {
            JsonNode detail = shop.payment(buyer.paymentId());
            while (!(paid(detail) && shop.tiers(buyer.customerId()).equals(List.of("pro"))) && System.nanoTime() - began < PATIENCE.toNanos()) {
                Thread.sleep(250);
                detail = shop.payment(buyer.paymentId());
            }
            assertThat(paid(detail)).as("%s", detail).isTrue();
            assertThat(shop.tiers(buyer.customerId())).as("%s", detail).containsExactly("pro");
        }
        JsonNode book = shop.book();
        assertThat(book.required("problems").size()).as("%s", book).isZero();
        assertThat(book.required("transactions").asInt()).as("a sale and a fee of each in %s", book).isEqualTo(2 * buyers.size());
    }

    private static boolean paid(JsonNode detail) {
        return detail.required("payment").required("state").asText().equals("paid");
    }
}

package com.cloudnestle.marketplace.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.gateway.razorpay.server.Notifications.Notification;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Buyers pay at Razorpay's contract server, each after some tries that fail; it tells of each of these, then that the payment is
 * authorised, that it is captured, and twice that the order is paid, all at a fixed rate. After a third of it the server is killed and
 * started again on its data, while the provider goes on: however slow the machine is, some are answered before the kill, and some are
 * sent after it, when nobody is there.
 */
final class WebhookTrial {
    /** Notifications of a payment besides those of tries that failed. */
    static final int OF_SUCCESS = 4;

    /** Far more than it takes: what a killed process had acknowledged and not done is taken up by the next one. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final long POLL_MILLIS = 250;

    private final Shop shop;
    private final List<Buyers.Buyer> buyers;
    private final int failures;
    private final int perSecond;
    private final Duration firstPause;
    private final List<String> orders = new ArrayList<>();

    /** @param failures tries of each buyer that fail, at least one */
    WebhookTrial(Shop shop, List<Buyers.Buyer> buyers, int failures, int perSecond, Duration firstPause) {
        this.shop = shop;
        this.buyers = buyers;
        this.failures = failures;
        this.perSecond = perSecond;
        this.firstPause = firstPause;
    }

    /**
     * @param killed and the others: {@link System#nanoTime()}
     * @param cpuOfStart what the server that was started after the kill had used when it was ready
     * @param cpuAfterwards what it used from then until the last answer
     */
    record Run(long begun, long killed, long ready, long planned, List<Deliveries.Attempt> attempts, Duration cpuOfStart,
               Duration cpuAfterwards) {
        /** Milliseconds from the planned time to the answer, sorted; of attempts planned while somebody was there to answer. */
        List<Double> waits(Predicate<Deliveries.Attempt> which) {
            return attempts.stream().filter(each -> each.planned() < killed || each.planned() >= ready)
                .filter(each -> each.status() != 0).filter(which)
                .map(each -> (each.answered() - each.planned()) / 1e6).sorted().toList();
        }

        TreeMap<Integer, Integer> statuses() {
            TreeMap<Integer, Integer> counts = new TreeMap<>();
            attempts.forEach(each -> counts.merge(each.status(), 1, Integer::sum));
            return counts;
        }
    }

    Run run() throws Exception {
        buyers.forEach(buyer -> orders.add(shop.razorpay.levers().orders(buyer.paymentId()).get(0)));
        URI address = URI.create("http://127.0.0.1:" + shop.server.port() + "/api/payments/webhook/razorpay");
        try (Deliveries deliveries = new Deliveries(address, firstPause)) {
            long step = TimeUnit.SECONDS.toNanos(1) / perSecond;
            long begun = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
            CountDownLatch dead = new CountDownLatch(1);
            int slot = 0;
            int held = (failures + OF_SUCCESS) * buyers.size() * 2 / 3;
            int group = Math.max(1, perSecond / 2); // so much lies between two notifications of one payment: half a second
            for (int first = 0; first < buyers.size(); first += group) {
                for (int event = 0; event < failures + OF_SUCCESS; event++) {
                    for (int buyer = first; buyer < Math.min(first + group, buyers.size()); buyer++) {
                        Supplier<Notification> happens = event(buyer, event);
                        deliveries.plan(begun + step * slot, slot < held ? happens : () -> after(dead, happens));
                        slot++;
                    }
                }
            }
            TimeUnit.NANOSECONDS.sleep(begun + step * slot / 3 - System.nanoTime());
            deliveries.await("one is acknowledged", Deliveries.Attempt::acknowledged, PATIENCE);
            long killed = System.nanoTime();
            shop.server.kill();
            dead.countDown();
            deliveries.await("one finds nobody", each -> each.status() == 0, PATIENCE);
            shop.server.start();
            long ready = System.nanoTime();
            Duration cpu = shop.server.cpu();
            List<Deliveries.Attempt> attempts = deliveries.finish(PATIENCE);
            return new Run(begun, killed, ready, slot, attempts, cpu, shop.server.cpu().minus(cpu));
        }
    }

    /** The last third waits for the kill, which is late only where this process itself stood still. */
    private static Notification after(CountDownLatch dead, Supplier<Notification> happens) {
        try {
            if (!dead.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("the server was not killed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the trial is over", e);
        }
        return happens.get();
    }

    private Supplier<Notification> event(int number, int event) {
        String payment = buyers.get(number).paymentId();
        return () -> {
            if (event < failures) {
                shop.razorpay.levers().fail(payment);
            } else if (event == failures) {
                shop.razorpay.levers().pay(payment);
            }
            return shop.razorpay.notifications().about(orders.get(number)).get(Math.min(event, failures + OF_SUCCESS - 2));
        };
    }

    /** Waits until all that was told of was worked on, and looks whether each buyer was charged and given his tier once. */
    Duration check() throws Exception {
        long began = System.nanoTime();
        for (Buyers.Buyer buyer : buyers) {
            JsonNode detail = shop.payment(buyer.paymentId());
            while (!(done(detail) && follows(buyer)) && System.nanoTime() - began < PATIENCE.toNanos()) {
                Thread.sleep(POLL_MILLIS);
                detail = shop.payment(buyer.paymentId());
            }
            assertThat(worked(detail)).as("%s", detail).isEqualTo(all());
            assertThat(detail.required("payment").required("state").asText()).as("%s", detail).isEqualTo("paid");
            assertThat(timeline(detail, "state.changed", each -> each.path("details").path("to").asText())).as("%s", detail)
                .containsEntry("PAID", 1);
            assertThat(detail.required("refunds").size()).as("%s", detail).isZero();
            assertThat(shop.tiers(buyer.customerId())).as("%s", detail).containsExactly("pro");
            assertThat(shop.razorpay.levers().orders(buyer.paymentId())).hasSize(1);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        assertBook();
        return took;
    }

    private Map<String, Integer> all() {
        return Map.of("payment.failed", failures, "payment.authorized", 1, "payment.captured", 1, "order.paid", 1);
    }

    private boolean done(JsonNode detail) {
        return detail.required("payment").required("state").asText().equals("paid") && worked(detail).equals(all());
    }

    /** The tier follows the payment by a task, which a killed process may have had in its hands; the next one takes it up. */
    private boolean follows(Buyers.Buyer buyer) throws Exception {
        return shop.tiers(buyer.customerId()).equals(List.of("pro"));
    }

    private static Map<String, Integer> worked(JsonNode detail) {
        return timeline(detail, "webhook.accepted", each -> each.path("details").path("event").asText());
    }

    private static Map<String, Integer> timeline(JsonNode detail, String kind, Function<JsonNode, String> what) {
        Map<String, Integer> counts = new TreeMap<>();
        detail.required("timeline").forEach(each -> {
            if (each.path("kind").asText().equals(kind)) {
                counts.merge(what.apply(each), 1, Integer::sum);
            }
        });
        return counts;
    }

    /** Of each payment there is a sale and a fee, and of nothing else; the sales add up to what was paid without tax. */
    private void assertBook() throws Exception {
        JsonNode book = shop.book();
        assertThat(book.required("problems").size()).as("%s", book).isZero();
        assertThat(book.required("transactions").asInt()).as("%s", book).isEqualTo(2 * buyers.size());
        long credited = 0;
        for (JsonNode balance : book.required("balances")) {
            if (balance.required("account").asText().matches("(income:sales|liabilities:tax):.*")) {
                credited -= Long.parseLong(balance.required("amount").asText().replaceAll("[^0-9-]", ""));
            }
        }
        assertThat(credited).as("sales and taxes in %s", book).isEqualTo(buyers.stream().mapToLong(Buyers.Buyer::totalMinor).sum());
    }
}

package com.cloudnestle.marketplace.payment.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.PaymentGateway;
import com.cloudnestle.marketplace.payment.Payments;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Of each gateway only so many notifications are taken in at once. */
class InboxTurnsTest {

    private static final int CALLS = Inbox.AT_ONCE + 4;

    private final World world = new World();
    private final Payment payment = world.start().initiate("k");
    private final AtomicInteger inside = new AtomicInteger();
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();

    @AfterEach
    void end() throws InterruptedException {
        goOn.countDown();
        for (Thread thread : threads) {
            thread.join(10_000);
        }
    }

    /** A gateway that says nothing of notifications for a while. */
    private PaymentGateway slow(PaymentGateway gateway) {
        return (PaymentGateway) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {PaymentGateway.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("authenticate")) {
                        inside.incrementAndGet();
                        goOn.await();
                    }
                    return method.invoke(gateway, arguments);
                });
    }

    private void notified(Payments payments, int number) {
        Thread thread = new Thread(() -> payments.accept(Optional.of("lab"),
                world.provider.webhook("try-" + number, payment.id(), world.clock.instant())));
        threads.add(thread);
        thread.start();
    }

    private void awaitWaiting() {
        long began = System.nanoTime();
        while (!threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING)) {
            assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(20));
            Thread.onSpinWait();
        }
    }

    @Test
    void theRestWaitsForItsTurnAndThoseOfAnotherGatewayDoNot() throws InterruptedException {
        Provider other = new Provider("lab2", "acc_9");
        world.gateways.set(0, slow(world.provider));
        world.gateways.add(other);
        Payments payments = world.start().payments;
        for (int number = 0; number < CALLS; number++) {
            notified(payments, number);
        }
        awaitWaiting();
        assertThat(inside).hasValue(Inbox.AT_ONCE);

        payments.accept(Optional.of("lab2"), Provider.genuine("event=captured\norder=order_of_somebody", World.NOON));

        end();
        assertThat(inside).hasValue(CALLS);
        assertThat(world.start().payments.inspect(payment.id()).timeline().stream()
                .filter(event -> event.kind().equals("webhook.accepted"))).hasSize(CALLS);
    }
}

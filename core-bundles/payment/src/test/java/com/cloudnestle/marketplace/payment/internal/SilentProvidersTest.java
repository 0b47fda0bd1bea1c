package com.cloudnestle.marketplace.payment.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.PaymentGateway;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One provider that hangs must not keep the payments of the others waiting. */
@Timeout(300)
class SilentProvidersTest {

    private final World world = new World();
    private final Semaphore entered = new Semaphore(0);
    private final CountDownLatch answers = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile boolean hangs;

    @AfterEach
    void end() {
        answers.countDown();
        threads.shutdownNow();
    }

    /** Accepts questions, and answers none before it is back. */
    private PaymentGateway hanging() {
        return (PaymentGateway) Proxy.newProxyInstance(PaymentGateway.class.getClassLoader(), new Class<?>[] {PaymentGateway.class},
                (proxy, method, arguments) -> {
                    if (hangs && method.getName().equals("fetchPayment")) {
                        entered.release();
                        answers.await();
                    }
                    try {
                        return method.invoke(world.provider, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private void begun(int calls) throws InterruptedException {
        assertThat(entered.tryAcquire(calls, 60, TimeUnit.SECONDS)).as("%s calls have begun", calls).isTrue();
    }

    @Test
    void whileItIsSilentFewThreadsWaitForItAndTheOthersComeLater() throws Exception {
        world.gateways.set(0, hanging());
        Parts parts = world.start().parts;
        Payment payment = world.start().initiate("k");
        StoredPayment stored = parts.book.require(payment.id());
        world.provider.next(Kind.OUTCOME_UNKNOWN, false);
        assertThatExceptionOfType(GatewayException.class).isThrownBy(() -> parts.inquiries.ask(stored, Cause.POLL));

        hangs = true;
        List<Future<StoredPayment>> waiting = new ArrayList<>();
        for (int i = 0; i < SilentProviders.PROBES; i++) {
            waiting.add(threads.submit(() -> parts.inquiries.ask(stored, Cause.POLL)));
        }
        begun(SilentProviders.PROBES);

        for (Cause cause : List.of(Cause.POLL, Cause.WEBHOOK)) {
            assertThatExceptionOfType(GatewayException.class).isThrownBy(() -> parts.inquiries.ask(stored, cause)).satisfies(e -> {
                assertThat(e.kind()).isEqualTo(Kind.NOT_CONTACTED);
                assertThat(e.retryAfter()).isEqualTo(Optional.of(SilentProviders.LATER));
            });
        }
        assertThat(entered.availablePermits()).as("nothing else was sent").isZero();

        world.provider.pay(payment.id());
        answers.countDown();
        for (Future<StoredPayment> each : waiting) {
            assertThat(each.get(60, TimeUnit.SECONDS).state()).isEqualTo(Payment.State.PAID);
        }
    }

    @Test
    void whileItAnswersAllMayAskAndBuyersMayAlways() throws Exception {
        world.gateways.set(0, hanging());
        Parts parts = world.start().parts;
        StoredPayment stored = parts.book.require(world.start().initiate("k").id());
        hangs = true;
        for (int i = 0; i < 3 * SilentProviders.PROBES; i++) {
            Cause cause = i < 2 * SilentProviders.PROBES ? Cause.POLL : Cause.buyer(world.ann);
            threads.submit(() -> parts.inquiries.ask(stored, cause));
        }
        begun(3 * SilentProviders.PROBES);
    }
}

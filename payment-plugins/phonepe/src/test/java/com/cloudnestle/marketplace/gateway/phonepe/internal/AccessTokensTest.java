package com.cloudnestle.marketplace.gateway.phonepe.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.cloudnestle.marketplace.gateway.phonepe.server.Fault;
import com.cloudnestle.marketplace.payment.Expected;
import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.cloudnestle.marketplace.testing.Together;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccessTokensTest {

    private static final int THREADS = 20;

    private final Rig rig = Rig.v2();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void oneTokenServesManyCallsThatBeginAtOnce() {
        Together.run(THREADS, () -> rig.gateway.createCheckout(rig.request()));

        assertThat(rig.levers.tokenCalls()).isEqualTo(1);
    }

    @Test
    void aTokenThatIsNoLongerTakenIsReplacedOnceForAllCalls() throws GatewayException { // 41
        Expected paid = rig.paid();
        rig.gateway.fetchPayment(paid);
        rig.levers.forgetTokens();

        List<String> states = Together.run(THREADS, () -> rig.gateway.fetchPayment(paid).state().name());

        assertThat(states).hasSize(THREADS).containsOnly("CAPTURED");
        assertThat(rig.levers.tokenCalls()).as("the first and one instead of it").isEqualTo(2);
    }

    @Test
    void aCallThatWasNotLetInIsMadeOnceMore() throws GatewayException {
        rig.opened();
        rig.levers.forgetTokens();

        Expected opened = rig.opened();

        assertThat(rig.levers.orders(opened.paymentId())).isEqualTo(1);
        assertThat(rig.server.asked("/checkout/v2/pay")).hasSize(3);
    }

    @Test
    void whoIsNotLetInWithANewTokenEitherIsRefusedThen() throws GatewayException { // 41
        Expected paid = rig.paid();
        String address = "/checkout/v2/order/";
        int asked = rig.server.asked(address).size();
        int tokens = rig.levers.tokenCalls();
        rig.server.disturb(Fault.NOT_KNOWN, 1_000, call -> call.path().startsWith(address));

        GatewayException refused = catchThrowableOfType(GatewayException.class, () -> rig.gateway.fetchPayment(paid));

        assertThat(refused.kind()).isEqualTo(Kind.AUTHENTICATION);
        assertThat(rig.server.asked(address)).hasSize(asked + 2);
        assertThat(rig.levers.tokenCalls()).isEqualTo(tokens + 1);
    }

    @Test
    void aTokenIsRenewedAtHalfItsLife() throws GatewayException {
        rig.levers.tokenLifetime(1000);
        Expected paid = rig.paid();
        rig.clock.advance(Duration.ofSeconds(499));
        rig.gateway.fetchPayment(paid);
        assertThat(rig.levers.tokenCalls()).isEqualTo(1);

        rig.clock.advance(Duration.ofSeconds(1));
        rig.gateway.fetchPayment(paid);

        assertThat(rig.levers.tokenCalls()).isEqualTo(2);
    }

    @Test
    void theOldTokenIsUsedOnWhileItCannotBeRenewed() throws GatewayException {
        rig.levers.tokenLifetime(1000);
        Expected paid = rig.paid();
        rig.levers.tokensAway(true);
        rig.clock.advance(Duration.ofSeconds(600));

        for (int i = 0; i < 5; i++) {
            assertThat(rig.gateway.fetchPayment(paid).state().name()).isEqualTo("CAPTURED");
        }

        assertThat(rig.levers.tokenCalls()).as("not tried at each call").isEqualTo(2);
        rig.levers.tokensAway(false);
        rig.clock.advance(Duration.ofSeconds(11));
        rig.gateway.fetchPayment(paid);
        assertThat(rig.levers.tokenCalls()).as("tried again after a while").isEqualTo(3);
    }

    @Test
    void withoutATokenNothingWasSent() throws GatewayException {
        rig.levers.tokenLifetime(100);
        Expected paid = rig.paid();
        rig.levers.tokensAway(true);
        rig.clock.advance(Duration.ofSeconds(100));

        GatewayException refused = catchThrowableOfType(GatewayException.class, () -> rig.gateway.createCheckout(rig.request()));

        assertThat(refused.kind()).isEqualTo(Kind.NOT_CONTACTED);
        assertThat(refused.retry()).isEqualTo(GatewayException.Retry.SAME_KEY);
        assertThat(rig.server.asked("/checkout/v2/pay")).hasSize(1);
        assertThat(rig.gateway.health().working()).isFalse();
        assertThat(rig.gateway.health().detail()).doesNotContain("secret");
        rig.levers.tokensAway(false);
        assertThat(rig.gateway.fetchPayment(paid).state().name()).isEqualTo("CAPTURED");
        assertThat(rig.gateway.health().working()).isTrue();
    }

    @Test
    void wrongCredentialsAreToldAsSuch() {
        try (Rig wrong = Rig.v2(Map.of("client_secret", "another"))) {
            GatewayException refused = catchThrowableOfType(GatewayException.class, () -> wrong.gateway.createCheckout(wrong.request()));

            assertThat(refused.kind()).isEqualTo(Kind.AUTHENTICATION);
            assertThat(refused.providerCode()).isEqualTo("OIM000");
            assertThat(wrong.gateway.health().working()).isFalse();
        }
    }

    @Test
    void whoeverWaitsForATokenThatDoesNotComeSharesTheFailure() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        AccessTokens held = tokens(request -> {
            calls.incrementAndGet();
            asked.countDown();
            awaited(answer);
            return new Answer(503, "R999", Optional.empty());
        });
        FutureTask<GatewayException> first = new FutureTask<>(() -> refused(held));
        FutureTask<GatewayException> second = new FutureTask<>(() -> refused(held));
        new Thread(first).start();
        awaited(asked);
        Thread waiting = new Thread(second);
        waiting.start();
        for (int i = 0; i < 60_000 && waiting.getState() != Thread.State.WAITING; i++) {
            LockSupport.parkNanos(1_000_000);
        }
        answer.countDown();

        assertThat(first.get().kind()).isEqualTo(Kind.NOT_CONTACTED);
        assertThat(second.get().kind()).isEqualTo(Kind.NOT_CONTACTED);
        assertThat(calls.get()).isEqualTo(1);
    }

    private static GatewayException refused(AccessTokens held) {
        return catchThrowableOfType(GatewayException.class, held::current);
    }

    private static void awaited(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private AccessTokens tokens(Transport provider) {
        return new AccessTokens(provider, URI.create("https://p.invalid"), new ClientKeys("id", new Secret("secret"), "1"), rig.clock);
    }

    /** Its clock is wrong by hours, the life of its tokens is right. */
    @Test
    void theProvidersClockDoesNotMatter() throws GatewayException {
        AtomicInteger tokens = new AtomicInteger();
        AccessTokens held = tokens(request -> new Answer(200,
                "{\"access_token\":\"t" + tokens.incrementAndGet() + "\",\"issued_at\":1000,\"expires_at\":1100}", Optional.empty()));

        assertThat(held.current()).isEqualTo("t1");
        rig.clock.advance(Duration.ofSeconds(49));
        assertThat(held.current()).isEqualTo("t1");
        rig.clock.advance(Duration.ofSeconds(1));
        assertThat(held.current()).isEqualTo("t2");
    }
}

package com.cloudnestle.marketplace.payment.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.Payment.State;
import com.cloudnestle.marketplace.payment.ReturnProof;
import com.cloudnestle.marketplace.testing.ManualClock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Providers are not asked again and again by buyers who wait. */
class RecentAsksTest {

    private final World world = new World();
    private final World.Process process = world.start();
    private final Payment payment = process.initiate("k");

    private State looked(World.Process node) {
        return node.payments.verify(world.ann, payment.id(), ReturnProof.none()).state();
    }

    private long asked() {
        return world.provider.calls().stream().filter(call -> call.equals("fetch") || call.equals("verify")).count();
    }

    @Test
    void whoOnlyWaitsIsToldWhatTheStoreHasForAMoment() {
        assertThat(looked(process)).isEqualTo(State.OPEN);
        world.provider.pay(payment.id());
        world.clock.advance(RecentAsks.MOMENT.minusMillis(1));

        assertThat(looked(process)).as("nobody asked").isEqualTo(State.OPEN);
        assertThat(asked()).isEqualTo(1);

        world.clock.advance(Duration.ofMillis(1));
        assertThat(looked(process)).isEqualTo(State.PAID);
        assertThat(world.tier()).isEqualTo("pro");
        assertThat(asked()).isEqualTo(2);
    }

    @Test
    void aProofIsLookedAtAtOnce() {
        looked(process);
        world.provider.pay(payment.id());

        assertThat(process.verify(payment).state()).isEqualTo(State.PAID);
    }

    @Test
    void aProofThatProvedNothingIsNoReasonToAskAgainForAMoment() {
        assertThat(process.verify(payment).state()).as("nothing was paid").isEqualTo(State.OPEN);
        world.provider.pay(payment.id());

        assertThat(process.verify(payment).state()).isEqualTo(State.OPEN);
        assertThat(looked(process)).isEqualTo(State.OPEN);
        assertThat(asked()).isEqualTo(1);

        world.clock.advance(RecentAsks.MOMENT);
        assertThat(process.verify(payment).state()).isEqualTo(State.PAID);
    }

    @Test
    void aProofThatWasRefusedIsRefusedAgainWithoutAskingAndAnotherOneIsLookedAtAtOnce() {
        world.provider.pay(payment.id());
        for (int i = 0; i < 5; i++) {
            assertThatExceptionOfType(MarketplaceException.class)
                    .isThrownBy(() -> process.payments.verify(world.ann, payment.id(), new ReturnProof(Map.of("signature", "wrong"))))
                    .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.PAYMENT_PROOF_INVALID));
        }
        assertThat(asked()).isEqualTo(1);

        assertThat(process.verify(payment).state()).isEqualTo(State.PAID);
    }

    @Test
    void aNotificationIsLookedAtAtOnceAndTellsWhoWaits() {
        looked(process);
        world.provider.pay(payment.id());

        process.payments.accept(Optional.of("lab"), world.provider.webhook("captured", payment.id(), world.clock.instant()));

        assertThat(looked(process)).isEqualTo(State.PAID);
        assertThat(asked()).isEqualTo(2);
    }

    @Test
    void anAdministratorAsksAtOnce() {
        looked(process);
        world.provider.pay(payment.id());

        assertThat(process.payments.reconcile(payment.id(), "admin").payment().state()).isEqualTo(State.PAID);
    }

    @Test
    void whatThePollerAskedNeedsNoSecondQuestion() {
        while (asked() == 0) {
            process.pass(Duration.ofSeconds(1), Duration.ofSeconds(1));
        }
        long before = asked();

        looked(process);

        assertThat(asked()).isEqualTo(before);
    }

    @Test
    void anotherNodeAsksForItself() {
        looked(process);
        world.provider.pay(payment.id());

        assertThat(looked(world.start())).isEqualTo(State.PAID);
    }

    @Test
    void paymentsThatCannotBeOpenedAreNotOpenedAgainAndAgain() {
        World away = new World();
        World.Process node = away.start();
        for (int i = 0; i < 20; i++) {
            away.provider.next(Kind.NOT_CONTACTED, false);
        }
        Payment created = node.initiate("k");
        int before = away.provider.calls().size();

        for (int i = 0; i < 5; i++) {
            try {
                node.payments.verify(away.ann, created.id(), ReturnProof.none());
            } catch (MarketplaceException e) {
                assertThat(e.problem()).isEqualTo(Problem.PROVIDER_UNAVAILABLE);
            }
        }

        assertThat(away.provider.calls().subList(before, away.provider.calls().size())).containsExactly("checkout", "fetch");
    }

    @Test
    void ofSeveralWhoWantToKnowAtOnceOneAsks() throws Exception {
        RecentAsks asks = new RecentAsks(new ManualClock(World.NOON));
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService buyers = Executors.newFixedThreadPool(8);
        List<Future<Boolean>> claims = IntStream.range(0, 8).mapToObj(i -> buyers.submit(() -> {
            start.await();
            return asks.claim("pay_1");
        })).toList();
        start.countDown();
        int granted = 0;
        for (Future<Boolean> claim : claims) {
            granted += claim.get() ? 1 : 0;
        }
        buyers.shutdown();

        assertThat(granted).isEqualTo(1);
    }

    @Test
    void remembersNoMoreThanAMomentAndNoMoreThanSoMany() {
        ManualClock clock = new ManualClock(World.NOON);
        RecentAsks asks = new RecentAsks(clock);
        IntStream.range(0, RecentAsks.MOST + 5).forEach(i -> asks.note("pay_" + i));
        assertThat(asks.size()).isEqualTo(RecentAsks.MOST);
        assertThat(asks.claim("pay_" + (RecentAsks.MOST + 4))).isFalse();
        assertThat(asks.claim("pay_0")).as("forgotten, so asked about once more").isTrue();

        clock.advance(RecentAsks.MOMENT);
        asks.note("pay_x");

        assertThat(asks.size()).isEqualTo(1);
    }

    @Test
    void aClockThatIsSetBackSilencesNobody() {
        ManualClock clock = new ManualClock(World.NOON);
        RecentAsks asks = new RecentAsks(clock);
        asks.note("pay_1");
        clock.advance(Duration.ofHours(-1));

        assertThat(asks.claim("pay_1")).isTrue();
        assertThat(Collections.nCopies(3, "pay_1")).noneMatch(asks::claim);
    }
}

package com.cloudnestle.marketplace.payment.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.Payment.State;
import com.cloudnestle.marketplace.payment.PaymentSnapshot;
import com.cloudnestle.marketplace.payment.internal.World.Process;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Payments of which nobody says anything. */
class PollingTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final World world = new World();
    private final Process process = world.start();

    private long asked() {
        return world.provider.calls().stream().filter("fetch"::equals).count();
    }

    @Test
    void paymentIsFoundWithoutAnyNotification() {
        Payment payment = process.initiate("k");
        world.provider.pay(payment.id());

        process.pass(Duration.ofSeconds(21), SECOND);

        assertThat(process.find(payment).state()).isEqualTo(State.PAID);
        assertThat(world.tier()).isEqualTo("pro");
        process.pass(Duration.ofHours(1), Duration.ofSeconds(30));
        assertThat(asked()).as("asked no more once it is paid").isEqualTo(1);
    }

    @Test
    void climbsTheLadder() {
        process.initiate("k");
        List<Long> moments = new ArrayList<>();
        long before = 0;
        for (int second = 1; second <= 20 * 60; second++) {
            process.pass(SECOND, SECOND);
            if (asked() > before) {
                before = asked();
                moments.add((long) second);
            }
        }
        assertThat(moments).startsWith(20L, 23L, 26L, 29L, 32L, 35L, 38L, 41L, 44L, 47L, 50L, 56L, 62L);
        assertThat(moments).filteredOn(at -> at > 230 && at < 900).hasSizeBetween(11, 12);
        assertThat(moments).anyMatch(at -> at > 900 + 120 && at < 900 + 185);
    }

    @Test
    void paymentThatNobodyMadeExpiresAndIsWatchedForSomeDays() {
        Payment payment = process.initiate("k");
        process.pass(Duration.ofMinutes(14), Duration.ofSeconds(10));
        assertThat(process.find(payment).state()).isEqualTo(State.OPEN);
        process.pass(Duration.ofMinutes(5), Duration.ofSeconds(10));
        assertThat(process.find(payment).state()).isEqualTo(State.EXPIRED);

        process.pass(Duration.ofDays(1), Duration.ofMinutes(10));
        world.provider.pay(payment.id());
        process.pass(Duration.ofDays(1), Duration.ofMinutes(10));

        assertThat(process.find(payment).state()).isEqualTo(State.PAID);
        world.assertBalanced();
    }

    @Test
    void watchEndsAfterTheDaysThatTheGatewayNames() {
        process.initiate("k");
        process.pass(Duration.ofDays(4), Duration.ofMinutes(10));
        long asked = asked();

        process.pass(Duration.ofDays(10), Duration.ofHours(1));

        assertThat(asked()).isEqualTo(asked);
        assertThat(asked).isLessThan(80);
    }

    @Test
    void moneyThatIsPromisedAtTheEndIsWaitedFor() {
        Payment payment = process.initiate("k");
        world.provider.set(payment.id(), PaymentSnapshot.State.AUTHORIZED);
        process.pass(Duration.ofHours(5), Duration.ofMinutes(1));
        assertThat(process.find(payment).state()).isEqualTo(State.OPEN);
        world.provider.pay(payment.id());

        process.pass(Duration.ofHours(2), Duration.ofMinutes(1));

        assertThat(process.find(payment).state()).isEqualTo(State.PAID);
        assertThat(world.audit.entries()).anySatisfy(entry -> assertThat(entry.details()).containsEntry("late", "false"));
    }

    @Test
    void paymentWhoseOpeningNobodyHeardOfIsFound() {
        world.provider.next(Kind.OUTCOME_UNKNOWN, true);
        world.provider.next(Kind.OUTCOME_UNKNOWN, false);
        Payment payment = process.initiate("k");
        assertThat(payment.state()).isEqualTo(State.CREATED);
        world.provider.pay(payment.id());

        process.pass(Duration.ofSeconds(30), SECOND);

        assertThat(process.find(payment).state()).isEqualTo(State.PAID);
        assertThat(process.find(payment).providerOrderId()).contains("order_" + payment.id());
    }

    @Test
    void paymentThatTheProviderNeverHadExpires() {
        world.provider.next(Kind.NOT_CONTACTED, false);
        Payment payment = process.initiate("k");

        process.pass(Duration.ofMinutes(20), Duration.ofSeconds(10));

        assertThat(process.find(payment).state()).isEqualTo(State.EXPIRED);
        assertThat(world.provider.orders).isEmpty();
    }

    @Test
    void oneOfTwoNodesAsks() {
        Payment payment = process.initiate("k");
        Process second = world.start();
        for (int i = 0; i < 30; i++) {
            world.clock.advance(SECOND);
            process.parts.worker.round();
            second.parts.worker.round();
        }
        assertThat(asked()).isEqualTo(4); // at 20, 23, 26 and 29 seconds
        assertThat(process.find(payment).state()).isEqualTo(State.OPEN);
        assertThat(second.parts.lease.held()).isFalse();
    }

    @Test
    void otherNodeGoesOnWhenTheFirstDies() {
        Payment payment = process.initiate("k");
        process.parts.worker.round();
        Process second = world.start();
        world.provider.pay(payment.id());

        second.pass(Duration.ofSeconds(40), SECOND);

        assertThat(process.find(payment).state()).isEqualTo(State.PAID);
        process.parts.lease.close();
        assertThat(second.parts.lease.held()).as("not ended by one that has it no longer").isTrue();
    }

    @Test
    void twoNodesThatBothAskGrantOnce() {
        Payment payment = process.initiate("k");
        Process second = world.start();
        world.provider.pay(payment.id());

        process.payments.reconcile(payment.id(), "admin");
        second.payments.reconcile(payment.id(), "admin");

        assertThat(world.audited("payment.captured")).isEqualTo(1);
        world.assertBalanced();
    }

    @Test
    void waitsAsLongAsTheProviderAsksFor() {
        assertThat(Ladder.backoff(0, Duration.ofHours(1))).isEqualTo(Duration.ofSeconds(30));
        assertThat(Ladder.backoff(3, Duration.ofHours(1))).isEqualTo(Duration.ofMinutes(4));
        assertThat(Ladder.backoff(60, Duration.ofHours(1))).isEqualTo(Duration.ofHours(1));
        assertThat(Ladder.afterwards(World.NOON, World.NOON.plus(Duration.ofDays(3)), 3)).isEmpty();
        Instant soon = World.NOON.plus(Duration.ofMinutes(1));
        assertThat(Ladder.whileOpen(World.NOON, soon.plusSeconds(10), soon)).isAfter(soon);
    }
}

package com.cloudnestle.marketplace.payment.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.Payment.State;
import com.cloudnestle.marketplace.payment.Payments.Purchase;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** There are providers whose orders never end: whoever keeps one must not get credit for days that he has used meanwhile. */
class LateCreditTest {

    private final World world = new World();
    private final World.Process process = world.start();

    private Payment begin(String tier) {
        return process.payments.initiate(new Purchase(world.ann, World.FINDER, tier, World.BUYER, null, null, tier));
    }

    private Payment pay(Payment payment) {
        world.provider.pay(payment.id());
        process.verify(payment);
        return process.find(payment);
    }

    @Test
    void creditForDaysThatWereUsedSinceIsGoneAndTheMoneyGoesBack() {
        Payment pro = pay(begin("pro"));
        Payment kept = begin("enterprise");
        assertThat(kept.quote().credit().orElseThrow().unusedDays()).isEqualTo(30);
        process.pass(Duration.ofDays(27), Duration.ofHours(3));

        Payment late = pay(kept);

        assertThat(late.state()).isIn(State.HELD, State.REFUNDED);
        assertThat(late.failure()).isEqualTo("credit_gone");
        assertThat(world.tier()).isEqualTo("pro");
        assertThat(process.payments.refund(pro.id(), Optional.empty(), "asked for", "r", "admin").refunds())
                .as("nothing of it is locked").hasSize(1);
        world.assertBalanced();
    }

    @Test
    void creditHoldsUntilTheTimeToPayIsOverAndLongerIfNobodyCouldAskTheProvider() {
        pay(begin("pro"));
        Payment upgrade = begin("enterprise");
        world.clock.set(upgrade.expiresAt().plus(Duration.ofHours(6)));

        assertThat(pay(upgrade).state()).isEqualTo(State.PAID);
        assertThat(world.tier()).isEqualTo("enterprise");
    }
}

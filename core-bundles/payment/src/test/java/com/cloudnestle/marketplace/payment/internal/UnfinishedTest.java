package com.cloudnestle.marketplace.payment.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.payment.Buyer;
import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.Payments.Purchase;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One person alone must not be able to keep the worker busy with payments that nobody means to make. */
class UnfinishedTest {

    private final World world = new World();
    private final World.Process process = world.start();

    private Payment begin(String customer, int number) {
        Buyer another = new Buyer("Buyer " + number, "IN", "29", "", "");
        return process.payments.initiate(new Purchase(customer, World.FINDER, "pro", another, null, null, "key-" + number));
    }

    private void beginAsManyAsMayBe() {
        for (int i = 0; i < Unfinished.MOST; i++) {
            begin(world.ann, i);
        }
    }

    @Test
    void nobodyHasMoreThanAFewUnfinishedPayments() {
        beginAsManyAsMayBe();

        assertThatThrownBy(() -> begin(world.ann, 100)).isInstanceOfSatisfying(MarketplaceException.class, refused -> {
            assertThat(refused.problem()).isEqualTo(Problem.TOO_MANY_REQUESTS);
            assertThat(refused.retryAfter()).isEqualTo(Optional.of(Duration.ofMinutes(15)));
        });
        assertThat(world.provider.orders).hasSize(Unfinished.MOST);
    }

    @Test
    void theLatestOfThemMayBeGoneOnWith() {
        beginAsManyAsMayBe();
        Payment latest = begin(world.ann, Unfinished.MOST - 1);

        Buyer same = latest.buyer();
        Payment again = process.payments.initiate(new Purchase(world.ann, World.FINDER, "pro", same, null, null, "another key"));

        assertThat(again.id()).isEqualTo(latest.id());
    }

    @Test
    void othersAreNotHinderedByThem() {
        beginAsManyAsMayBe();
        String bob = world.customers.findOrCreate("bob@example.com").id();

        assertThat(begin(bob, 0).state()).isEqualTo(Payment.State.OPEN);
    }

    @Test
    void whoseTimeIsOverDoesNotCount() {
        begin(world.ann, 50);
        world.clock.advance(Duration.ofMinutes(5));
        for (int i = 1; i < Unfinished.MOST; i++) {
            begin(world.ann, i);
        }
        assertThatThrownBy(() -> begin(world.ann, 100)).isInstanceOfSatisfying(MarketplaceException.class, refused ->
                assertThat(refused.retryAfter()).isEqualTo(Optional.of(Duration.ofMinutes(10))));

        world.clock.advance(Duration.ofMinutes(10));

        assertThat(begin(world.ann, 100).state()).isEqualTo(Payment.State.OPEN);
    }
}

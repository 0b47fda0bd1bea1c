package com.cloudnestle.marketplace.payment.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.Payment.State;
import com.cloudnestle.marketplace.payment.Payments.Purchase;
import com.cloudnestle.marketplace.payment.internal.World.Process;
import com.cloudnestle.marketplace.store.dynamodb.internal.LocalTables;
import com.cloudnestle.marketplace.testing.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On DynamoDB Local, which limits transactions and conditions as DynamoDB does. */
@Timeout(300)
class RacesOnDynamoDbTest {

    private static LocalTables tables;

    @BeforeAll
    static void connect() {
        tables = LocalTables.create("payments-");
    }

    @AfterAll
    static void close() {
        tables.close();
    }

    private static World world() {
        tables.clear();
        ManualClock clock = new ManualClock(World.NOON);
        return new World(clock, tables.store(clock));
    }

    @Test
    void oneChargeAndOneGrantWhoeverDies() {
        Random random = new Random(20260304);
        for (int i = 0; i < 6; i++) {
            RacesTest.race(world(), random);
        }
    }

    @Test
    void numbersOfTwoNodesHaveNoGap() {
        World world = world();
        DocumentNumbersTest.sellAll(world, List.of(world.start(), world.start()), 24, 6);
    }

    @Test
    void listsAndRefundsWork() {
        World world = world();
        Process process = world.start();
        Payment payment = process.initiate("k");
        world.provider.pay(payment.id());
        process.verify(payment);

        assertThat(process.payments.history(world.ann, 10, null).payments()).extracting(Payment::id).containsExactly(payment.id());
        assertThat(process.payments.search(State.PAID, null, 10, null).payments()).extracting(Payment::id).containsExactly(payment.id());
        assertThat(process.payments.search(null, null, 10, null).payments()).hasSize(1);
        process.payments.refund(payment.id(), Optional.empty(), "asked for", "r", "admin");
        assertThat(process.find(payment).state()).isEqualTo(State.REFUNDED);
        assertThat(process.ledger.latest(10, null).transactions()).hasSize(2);
        new PaymentData(world.data).erase(world.ann, "admin");
        world.assertBalanced();
    }

    /** The largest transactions there are: two terms become credit, and become free again. */
    @Test
    void termsCreditAndTheirEndWork() {
        World world = world();
        Process process = world.start();
        bought(world, process, "pro", "p");
        world.clock.advance(Duration.ofDays(28));
        bought(world, process, "pro", "next");
        Payment upgrade = bought(world, process, "enterprise", "e");
        assertThat(upgrade.quote().credit().orElseThrow().termDays()).isEqualTo(61);
        assertThat(world.tier()).isEqualTo("enterprise");

        process.payments.refund(upgrade.id(), Optional.empty(), "asked for", "r", "admin");
        assertThat(world.tier()).isEqualTo("pro");
        assertThat(process.payments.holdings(world.ann)).hasSize(1);
        process.pass(Duration.ofDays(40), Duration.ofDays(1));

        assertThat(world.tier()).isEqualTo("registered");
        world.assertBalanced();
    }

    private static Payment bought(World world, Process process, String tier, String key) {
        Payment payment = process.payments.initiate(new Purchase(world.ann, World.FINDER, tier, World.BUYER, null, null, key));
        world.provider.pay(payment.id());
        assertThat(process.verify(payment).state()).isEqualTo(State.PAID);
        return process.find(payment);
    }
}

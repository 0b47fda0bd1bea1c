package com.cloudnestle.marketplace.payment.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.Payment.State;
import com.cloudnestle.marketplace.payment.internal.Mortal.Last;
import com.cloudnestle.marketplace.payment.internal.World.Process;
import com.cloudnestle.marketplace.store.sqlite.internal.SqliteFile;
import com.cloudnestle.marketplace.testing.ContestedStore;
import com.cloudnestle.marketplace.testing.InMemoryStore;
import com.cloudnestle.marketplace.testing.ManualClock;
import com.cloudnestle.marketplace.testing.Together;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The buyer who comes back, a notification, the poller and an administrator see the same payment at the same moment, each on a node
 * of its own, and each node may die at any of its calls, before or after it took effect.
 */
@Timeout(300)
class RacesTest {

    private static final int CALLS = 24;
    private static final List<BiConsumer<Process, Payment>> ACTORS = List.of(
            (node, payment) -> node.verify(payment),
            (node, payment) -> node.payments.accept(
                    Optional.of("lab"), Provider.genuine("event=captured\npayment=" + payment.id(), World.NOON)),
            (node, payment) -> node.parts.worker.round(),
            (node, payment) -> node.payments.reconcile(payment.id(), "admin"));

    static int race(World world, Random random) {
        Process first = world.start();
        Payment payment = first.initiate("k");
        world.provider.pay(payment.id());
        world.clock.advance(Ladder.FIRST.plusSeconds(1));
        List<Mortal> lives = ACTORS.stream().map(actor -> life(random)).toList();
        AtomicInteger next = new AtomicInteger();
        Together.run(ACTORS.size(), () -> {
            int actor = next.getAndIncrement();
            try {
                ACTORS.get(actor).accept(world.new Process(lives.get(actor)), payment);
            } catch (MarketplaceException e) {
                assertThat(lives.get(actor).dead()).as("only the dead fail: %s", e).isTrue();
            }
            return true;
        });
        first.pass(Duration.ofMinutes(10), Duration.ofSeconds(10));
        paidOnce(world, first, payment);
        return (int) lives.stream().filter(Mortal::dead).count();
    }

    /** Three of four are to die. */
    private static Mortal life(Random random) {
        return new Mortal(random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(CALLS), random.nextBoolean() ? Last.DONE : Last.LOST);
    }

    private static void paidOnce(World world, Process node, Payment payment) {
        assertThat(node.find(payment).state()).isEqualTo(State.PAID);
        assertThat(world.tier()).isEqualTo("pro");
        assertThat(world.provider.charges()).as("charges").isEqualTo(1);
        assertThat(world.provider.orders).hasSize(1);
        assertThat(world.audited("payment.captured")).as("grants in the audit log").isEqualTo(1);
        assertThat(world.audited("tier.changed")).as("changes of the tier").isEqualTo(1);
        assertThat(node.payments.inspect(payment.id()).timeline().stream()
                .filter(event -> "PAID".equals(event.details().get("to")))).hasSize(1);
        assertThat(world.balance("income:sales:finder")).isEqualTo(new Money(-99_900, "INR"));
        world.assertBalanced();
    }

    @Test
    void aThousandTimesOneChargeAndOneGrant() {
        Random random = new Random(20260301);
        int deaths = 0;
        for (int i = 0; i < 1_000; i++) {
            deaths += race(new World(), random);
        }
        assertThat(deaths).as("nodes that died").isBetween(800, 3_000);
    }

    @Test
    void onTheEmbeddedStoreToo(@TempDir Path folder) throws Exception {
        Random random = new Random(20260302);
        for (int i = 0; i < 60; i++) {
            ManualClock clock = new ManualClock(World.NOON);
            try (SqliteFile file = SqliteFile.open(folder.resolve("store" + i), clock)) {
                race(new World(clock, file.store()), random);
            }
        }
    }

    @Test
    void refundsOfTwoAdminsWhileTheirNodesDieGiveBackNoMoreThanWasPaid() {
        Random random = new Random(20260303);
        for (int i = 0; i < 300; i++) {
            World world = new World();
            Process first = world.start();
            Payment payment = first.initiate("k");
            world.provider.pay(payment.id());
            first.verify(payment);
            AtomicInteger admins = new AtomicInteger();
            Together.run(3, () -> {
                String key = "r" + admins.getAndIncrement();
                try {
                    world.new Process(life(random)).payments.refund(
                            payment.id(), Optional.of(new Money(60_000, "INR")), "asked for", key, "admin");
                } catch (MarketplaceException e) {
                    return false; // dead, or too much
                }
                return true;
            });
            first.pass(Duration.ofMinutes(10), Duration.ofSeconds(15));
            assertThat(world.provider.order(payment.id()).refunds.size()).isLessThanOrEqualTo(1);
            assertThat(first.find(payment).refunded()).isEqualTo(world.provider.order(payment.id()).refunded());
            world.assertBalanced();
        }
    }

    @Test
    void ofTwoPaymentsForOneTierThatAreSeenAtTheSameMomentOneGoesBack() {
        ManualClock clock = new ManualClock(World.NOON);
        InMemoryStore inner = new InMemoryStore(clock, true);
        World world = new World(clock, inner);
        Payment one = world.start().initiate("a");
        world.catalog.publish(World.finder(50_000));
        Payment other = world.start().initiate("b");
        world.provider.pay(one.id());
        world.provider.pay(other.id());
        ContestedStore contested = new ContestedStore(inner);
        contested.beforeNextWrite(() -> world.start().verify(other));

        world.new Process(Mortal.immortal(), contested).verify(one);

        assertThat(world.start().find(other).state()).isEqualTo(State.PAID);
        assertThat(world.start().find(one).state()).isEqualTo(State.REFUNDED);
        assertThat(world.tier()).isEqualTo("pro");
        world.assertBalanced();
    }

    @Test
    void tierThatIsGivenTooLateBecauseAllWasGivenBackMeanwhileIsTakenAgain() {
        World world = new World();
        Process node = world.start();
        Payment payment = node.initiate("k");
        world.provider.pay(payment.id());
        world.beforeTierChange.set(() ->
                world.start().payments.refund(payment.id(), Optional.empty(), "asked for", "r", "admin"));

        node.payments.accept(Optional.of("lab"), world.provider.webhook("captured", payment.id(), World.NOON));

        assertThat(node.find(payment).state()).isEqualTo(State.REFUNDED);
        assertThat(world.tier()).isEqualTo("registered");
        world.assertBalanced();
    }
}

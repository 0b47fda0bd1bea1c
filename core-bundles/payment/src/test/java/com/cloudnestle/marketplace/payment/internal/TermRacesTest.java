package com.cloudnestle.marketplace.payment.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.notification.Mail;
import com.cloudnestle.marketplace.payment.Money;
import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.Payment.State;
import com.cloudnestle.marketplace.payment.Payments.Purchase;
import com.cloudnestle.marketplace.payment.internal.Mortal.Last;
import com.cloudnestle.marketplace.payment.internal.World.Process;
import com.cloudnestle.marketplace.testing.ContestedStore;
import com.cloudnestle.marketplace.testing.InMemoryStore;
import com.cloudnestle.marketplace.testing.ManualClock;
import com.cloudnestle.marketplace.testing.Together;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Upgrades with credit, ends and renewals, by several nodes at the same moment, each of which may die anywhere. */
@Timeout(300)
class TermRacesTest {

    private static final Instant APRIL = Instant.parse("2026-04-01T12:00:00Z");
    private static final int CALLS = 40;
    private static final int ENDLESS = 10_000;
    private static final Money PART = new Money(1_000, "INR");

    private static Mortal life(Random random) {
        return new Mortal(random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(CALLS), random.nextBoolean() ? Last.DONE : Last.LOST);
    }

    private static Payment begin(World world, String tier, String key) {
        return world.start().payments.initiate(new Purchase(world.ann, World.FINDER, tier, World.BUYER, null, null, key));
    }

    private static Payment buy(World world, String tier, String key) {
        Payment payment = begin(world, tier, key);
        world.provider.pay(payment.id());
        return world.start().verify(payment);
    }

    /** All at once, each on a node of its own that may die. */
    @SafeVarargs
    private static void atOnce(World world, Random random, Consumer<Process>... actors) {
        AtomicInteger next = new AtomicInteger();
        Together.run(actors.length, () -> {
            int actor = next.getAndIncrement();
            Mortal life;
            synchronized (random) {
                life = life(random);
            }
            try {
                actors[actor].accept(world.new Process(life));
            } catch (MarketplaceException e) {
                return false; // dead, or refused
            }
            return true;
        });
        world.start().pass(Duration.ofMinutes(15), Duration.ofSeconds(15));
    }

    private static StoredPayment stored(World world, Payment payment) {
        return world.start().parts.book.require(payment.id());
    }

    /** Nothing is given twice: not as money and as credit, and not to two. */
    private static void nothingTwice(World world, Payment pro, List<Payment> upgrades) {
        StoredPayment lower = stored(world, pro);
        List<StoredPayment> granted = upgrades.stream().map(each -> stored(world, each)).filter(each -> each.is(State.PAID)).toList();
        assertThat(granted).as("upgrades").hasSizeLessThanOrEqualTo(1);
        assertThat(lower.reserved().plus(lower.credited()).minor()).isLessThanOrEqualTo(lower.total().minor());
        if (granted.isEmpty()) {
            assertThat(lower.credited().minor()).isZero();
            assertThat(world.tier()).isEqualTo(lower.is(State.REFUNDED) ? "registered" : "pro");
        } else {
            assertThat(lower.credited().minor()).isPositive();
            assertThat(lower.state()).isEqualTo(State.PAID);
            assertThat(world.tier()).isEqualTo(granted.get(0).tier());
            assertThat(lower.reserved().minor()).as("given back before the credit was counted").isZero();
        }
        upgrades.stream().map(each -> stored(world, each)).filter(each -> !each.is(State.PAID)).forEach(each -> {
            assertThat(each.state()).isEqualTo(State.REFUNDED);
            assertThat(each.failure()).isIn("credit_gone", "has_higher");
        });
        assertThat(world.audited("payment.captured")).isEqualTo(1 + granted.size());
        world.assertBalanced();
    }

    @Test
    void upgradeWithCreditIsGrantedOnceOrGoesBackWhateverHappensToWhatItCredits() {
        Random random = new Random(20260311);
        Set<String> both = Set.of("PAID", "REFUNDED refund");
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 250 || !seen.containsAll(both) && i < 5_000; i++) { // a machine may favour one of them for long
            World world = new World();
            Payment pro = buy(world, "pro", "p");
            world.clock.advance(Duration.ofDays(1));
            Payment upgrade = begin(world, "enterprise", "e");
            assertThat(upgrade.quote().credit()).isPresent();
            world.provider.pay(upgrade.id());
            boolean all = random.nextBoolean();
            atOnce(world, random,
                    node -> node.verify(upgrade),
                    node -> node.payments.accept(Optional.of("lab"), world.provider.webhook("captured", upgrade.id(), World.NOON)),
                    node -> node.payments.refund(pro.id(), all ? Optional.empty() : Optional.of(PART), "asked for", "r", "admin"),
                    node -> node.payments.reconcile(upgrade.id(), "admin"));
            StoredPayment lower = stored(world, pro);
            boolean late = stored(world, upgrade).is(State.PAID) && !lower.reserved().isZero();
            seen.add(stored(world, upgrade).state() + (lower.reserved().isZero() ? "" : " refund"));
            if (late) { // of what was left beside the credit
                assertThat(lower.reserved().plus(lower.credited()).minor()).isLessThanOrEqualTo(lower.total().minor());
                assertThat(world.tier()).isEqualTo("enterprise");
                world.assertBalanced();
            } else {
                nothingTwice(world, pro, List.of(upgrade));
            }
        }
        assertThat(seen).as("both came first").containsAll(both);
    }

    @Test
    void ofTwoUpgradesWithTheSameCreditOneIsGranted() {
        Random random = new Random(20260312);
        for (int i = 0; i < 150; i++) {
            World world = new World();
            Payment pro = buy(world, "pro", "p");
            Payment one = begin(world, "enterprise", "e");
            world.catalog.publish(World.finder(120_000)); // else it would be the same payment
            Payment other = begin(world, "enterprise", "f");
            assertThat(other.id()).isNotEqualTo(one.id());
            world.provider.pay(one.id());
            world.provider.pay(other.id());
            atOnce(world, random, node -> node.verify(one), node -> node.verify(other), node -> node.parts.worker.round());

            List<StoredPayment> both = List.of(stored(world, one), stored(world, other));
            assertThat(both).extracting(StoredPayment::state).containsExactlyInAnyOrder(State.PAID, State.REFUNDED);
            assertThat(world.tier()).isEqualTo("enterprise");
            assertThat(world.audited("payment.captured")).isEqualTo(2);
            assertThat(stored(world, pro).credited().minor()).isPositive().isLessThanOrEqualTo(World.TOTAL.minor());
            world.assertBalanced();
        }
    }

    @Test
    void refundOfAnUpgradeWhileNodesDieFreesItsCreditOnce() {
        Random random = new Random(20260313);
        for (int i = 0; i < 150; i++) {
            World world = new World();
            Payment pro = buy(world, "pro", "p");
            Payment upgrade = buy(world, "enterprise", "e");
            atOnce(world, random,
                    node -> node.payments.refund(upgrade.id(), Optional.empty(), "asked for", "r", "admin"),
                    node -> node.payments.refund(upgrade.id(), Optional.empty(), "asked for", "r", "admin"),
                    node -> node.payments.refund(pro.id(), Optional.of(PART), "asked for", "r", "admin"));
            world.start().payments.refund(upgrade.id(), Optional.empty(), "asked for", "r", "admin");
            world.start().pass(Duration.ofMinutes(10), Duration.ofSeconds(15));

            StoredPayment lower = stored(world, pro);
            assertThat(stored(world, upgrade).state()).isEqualTo(State.REFUNDED);
            assertThat(lower.state()).isEqualTo(State.PAID);
            assertThat(lower.credited().minor()).isZero();
            assertThat(world.tier()).isEqualTo("pro");
            world.assertBalanced();
        }
    }

    @Test
    void renewalThatIsPaidInTheMomentOfTheEndIsNeverLost() {
        Random random = new Random(20260314);
        for (int i = 0; i < 200; i++) {
            World world = new World();
            buy(world, "pro", "p");
            world.clock.set(APRIL.minusSeconds(60));
            Payment next = begin(world, "pro", "next");
            world.provider.pay(next.id());
            world.clock.set(APRIL);
            atOnce(world, random, node -> node.parts.worker.round(), node -> node.verify(next), node -> node.parts.worker.round());

            StoredPayment renewal = stored(world, next);
            assertThat(renewal.state()).isEqualTo(State.PAID);
            assertThat(renewal.term().orElseThrow().until()).isBetween(APRIL.plus(Duration.ofDays(30)),
                    APRIL.plus(Duration.ofDays(30)).plus(Duration.ofMinutes(15)));
            assertThat(world.tier()).isEqualTo("pro");
            world.assertBalanced();
        }
    }

    @Test
    void ofTwoRenewalsThatAreSeenAtTheSameMomentOneGoesBack() {
        ManualClock clock = new ManualClock(World.NOON);
        InMemoryStore inner = new InMemoryStore(clock, true);
        World world = new World(clock, inner);
        buy(world, "pro", "p");
        clock.set(APRIL.minus(Duration.ofDays(1)));
        Payment one = begin(world, "pro", "one");
        world.catalog.publish(World.finder(50_000));
        Payment other = begin(world, "pro", "other");
        world.provider.pay(one.id());
        world.provider.pay(other.id());
        ContestedStore contested = new ContestedStore(inner);
        contested.beforeNextWrite(() -> world.start().verify(other));

        world.new Process(Mortal.immortal(), contested).verify(one);

        assertThat(stored(world, other).state()).isEqualTo(State.PAID);
        assertThat(stored(world, one).state()).isEqualTo(State.REFUNDED);
        assertThat(stored(world, one).failure()).isEqualTo("bought_twice");
        world.assertBalanced();
    }

    @ParameterizedTest
    @EnumSource
    void endOfATermSurvivesACrashAnywhere(Last last) {
        for (int call = 1; call < ENDLESS; call++) {
            World world = new World();
            buy(world, "pro", "p");
            world.clock.set(APRIL);
            Mortal life = new Mortal(call, last);
            try {
                world.new Process(life).parts.worker.round();
            } catch (MarketplaceException e) {
                assertThat(life.dead()).isTrue();
            }
            world.start().pass(Duration.ofMinutes(10), Duration.ofSeconds(10));

            assertThat(world.tier()).as("killed at call %s", call).isEqualTo("registered");
            assertThat(world.audited("payment.term-ended")).isEqualTo(1);
            assertThat(world.audited("tier.changed")).isEqualTo(2);
            assertThat(world.mailer.kinds()).containsExactly(Mail.Kind.TERM_ENDED);
            world.assertBalanced();
            if (!life.dead()) {
                assertThat(life.calls()).isGreaterThan(12);
                return;
            }
        }
        throw new AssertionError("the term never ended");
    }

    @ParameterizedTest
    @EnumSource
    void upgradeWithCreditSurvivesACrashAnywhere(Last last) {
        for (int call = 1; call < ENDLESS; call++) {
            World world = new World();
            Payment pro = buy(world, "pro", "p");
            Payment upgrade = begin(world, "enterprise", "e");
            world.provider.pay(upgrade.id());
            Mortal life = new Mortal(call, last);
            try {
                world.new Process(life).verify(upgrade);
            } catch (MarketplaceException e) {
                assertThat(life.dead()).isTrue();
            }
            world.start().pass(Duration.ofMinutes(20), Duration.ofSeconds(7));

            assertThat(stored(world, upgrade).state()).as("killed at call %s", call).isEqualTo(State.PAID);
            nothingTwice(world, pro, List.of(upgrade));
            assertThat(world.audited("tier.changed")).isEqualTo(2);
            if (!life.dead()) {
                assertThat(life.calls()).isGreaterThan(8);
                return;
            }
        }
        throw new AssertionError("the upgrade was never made");
    }
}

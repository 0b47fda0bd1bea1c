package com.cloudnestle.marketplace.payment.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.Payment.State;
import com.cloudnestle.marketplace.payment.internal.Mortal.Last;
import com.cloudnestle.marketplace.payment.internal.World.Process;
import com.cloudnestle.marketplace.store.StoreScan;
import com.cloudnestle.marketplace.store.Table;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process is killed at every single call it makes; the next one finds nothing lost and nothing twice. */
class CrashEverywhereTest {

    private static final int ENDLESS = 10_000;
    private static final Duration WHILE = Duration.ofMinutes(20);

    private interface Story {
        void tell(World world, Process process, Payment payment);
    }

    /** Each time a world in which a payment was begun and paid; the process that sees it dies somewhere. */
    private static void everywhere(Last last, int least, Story story, Consumer<World> outcome) {
        int deaths = 0;
        for (int call = 1; call < ENDLESS; call++) {
            World world = new World();
            Payment payment = world.start().initiate("k");
            world.provider.pay(payment.id());
            Mortal life = new Mortal(call, last);
            try {
                story.tell(world, world.new Process(life), payment);
            } catch (MarketplaceException e) {
                deaths++;
            }
            world.start().pass(WHILE, Duration.ofSeconds(7));
            outcome.accept(world);
            world.assertBalanced();
            if (!life.dead()) {
                assertThat(life.calls()).as("calls of this story").isGreaterThanOrEqualTo(least);
                assertThat(deaths).as("deaths that were noticed").isPositive();
                return;
            }
        }
        throw new AssertionError("the story never ended");
    }

    private static void paidOnce(World world) {
        Process last = world.start();
        Payment payment = last.payments.history(world.ann, 10, null).payments().get(0);
        assertThat(payment.state()).isEqualTo(State.PAID);
        assertThat(world.tier()).isEqualTo("pro");
        assertThat(world.provider.charges()).isEqualTo(1);
        assertThat(world.audited("payment.captured")).isEqualTo(1);
        assertThat(world.audited("tier.changed")).isEqualTo(1);
        assertThat(last.payments.inspect(payment.id()).timeline()).filteredOn(event -> event.kind().equals("state.changed")
                && "PAID".equals(event.details().get("to"))).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void whileTheBuyerComesBack(Last last) {
        everywhere(last, 8, (world, process, payment) -> process.verify(payment), CrashEverywhereTest::paidOnce);
    }

    @ParameterizedTest
    @EnumSource
    void whileANotificationIsWorkedOn(Last last) {
        everywhere(last, 10, (world, process, payment) -> process.payments.accept(
                Optional.of("lab"), world.provider.webhook("captured", payment.id(), world.clock.instant())), world -> {
            paidOnce(world);
            workedOn(world);
        });
    }

    /** What was taken in is not only found out by asking anyway. */
    private static void workedOn(World world) {
        Process last = world.start();
        Payment payment = last.payments.history(world.ann, 10, null).payments().get(0);
        boolean takenIn = ((StoreScan) world.data).scan(Table.PAYMENT_TRANSACTIONS, 1000, null).items().stream()
                .anyMatch(item -> item.key().sk().equals("webhook"));
        assertThat(last.payments.inspect(payment.id()).timeline().stream().anyMatch(event -> event.kind().equals("webhook.accepted")))
                .isEqualTo(takenIn);
    }

    @ParameterizedTest
    @EnumSource
    void whileThePollerAsks(Last last) {
        everywhere(last, 10, (world, process, payment) -> {
            world.clock.advance(Duration.ofSeconds(21));
            process.parts.worker.round();
            process.verify(payment); // so that a death is noticed
        }, CrashEverywhereTest::paidOnce);
    }

    @ParameterizedTest
    @EnumSource
    void whileMoneyGoesBack(Last last) {
        everywhere(last, 15, (world, process, payment) -> {
            world.start().verify(payment);
            process.payments.refund(payment.id(), Optional.empty(), "asked for", "r", "admin");
        }, world -> {
            Process next = world.start();
            Payment payment = next.payments.history(world.ann, 10, null).payments().get(0);
            next.payments.refund(payment.id(), Optional.empty(), "asked for", "r", "admin"); // again with the same key
            next.pass(Duration.ofMinutes(5), Duration.ofSeconds(30));

            assertThat(next.find(payment).state()).isEqualTo(State.REFUNDED);
            assertThat(world.provider.order(payment.id()).refunds).hasSize(1);
            assertThat(world.tier()).isEqualTo("registered");
            assertThat(world.audited("payment.refunded")).isEqualTo(1);
            assertThat(world.audited("payment.refund-requested")).isEqualTo(1);
        });
    }

    @ParameterizedTest
    @EnumSource
    void whileAPaymentIsBegun(Last last) {
        for (int call = 1; call < ENDLESS; call++) {
            World world = new World();
            Mortal life = new Mortal(call, last);
            try {
                world.new Process(life).initiate("k");
            } catch (MarketplaceException e) {
                assertThat(life.dead()).isTrue();
            }
            Process next = world.start();
            Payment payment = next.initiate("k");
            assertThat(payment.state()).as("killed at call %s", call).isEqualTo(State.OPEN);
            assertThat(world.provider.orders).hasSize(1);
            assertThat(next.payments.history(world.ann, 10, null).payments()).hasSize(1);
            world.provider.pay(payment.id());
            next.verify(payment);
            paidOnce(world);
            world.assertBalanced();
            if (!life.dead()) {
                assertThat(life.calls()).isGreaterThan(6);
                return;
            }
        }
        throw new AssertionError("the payment was never begun");
    }
}

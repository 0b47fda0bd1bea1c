package com.cloudnestle.marketplace.payment.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudnestle.marketplace.payment.Payment;
import com.cloudnestle.marketplace.payment.Payment.State;
import com.cloudnestle.marketplace.payment.internal.World.Process;
import com.cloudnestle.marketplace.testing.InMemoryStore;
import com.cloudnestle.marketplace.testing.ManualClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a process had in its hands when it died. */
class OrphanedTasksTest {

    private static final Duration A_START = Duration.ofSeconds(5);

    private final ManualClock clock = new ManualClock(World.NOON);

    private World world(boolean shared) {
        return new World(clock, new InMemoryStore(clock, shared));
    }

    /** The payment is paid, and the process died before the tier followed. */
    private static Payment cutOff(World world, Process process) {
        Payment payment = process.initiate("k");
        world.provider.pay(payment.id());
        world.beforeTierChange.set(() -> {
            throw new IllegalStateException("killed");
        });
        assertThatThrownBy(() -> process.verify(payment)).hasMessage("killed");
        assertThat(process.find(payment).state()).isEqualTo(State.PAID);
        assertThat(world.tier()).isEqualTo("registered");
        return payment;
    }

    @Test
    void areTakenUpByTheFirstLookOfTheNextProcessIfTheStoreIsItsOwn() {
        World world = world(false);
        cutOff(world, world.start());
        clock.advance(A_START);

        world.start().parts.worker.round();

        assertThat(world.tier()).isEqualTo("pro");
        assertThat(world.audited("payment.captured")).isEqualTo(1);
    }

    @Test
    void waitAMinuteWhereTheProcessMayStillLive() {
        World world = world(true);
        cutOff(world, world.start());
        clock.advance(A_START);
        Process next = world.start();

        next.parts.worker.round();
        assertThat(world.tier()).isEqualTo("registered");

        next.pass(Tasks.HELD, Duration.ofSeconds(5));
        assertThat(world.tier()).isEqualTo("pro");
    }

    @Test
    void areNotThoseThatTheProcessItselfHolds() {
        World world = world(false);
        Process process = world.start();
        clock.advance(A_START);
        cutOff(world, process);

        process.parts.worker.round();

        assertThat(world.tier()).as("it may just be doing it").isEqualTo("registered");
    }

    @Test
    void ofOtherKindsKeepTheirTime() {
        World world = world(false);
        world.start().initiate("k");
        List<String> asked = world.provider.calls();

        world.start().parts.worker.round();

        assertThat(world.provider.calls()).as("whether it is paid is asked later").isEqualTo(asked);
    }
}

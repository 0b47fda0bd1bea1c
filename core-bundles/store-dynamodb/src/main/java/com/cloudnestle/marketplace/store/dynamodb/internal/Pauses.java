package com.cloudnestle.marketplace.store.dynamodb.internal;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * When to try again: after a random part of a time that doubles ("full jitter"), so that those who collided once do not
 * collide again, and until a budget is used up.
 */
final class Pauses {

    /** Waits; the flag of an interrupted thread stays set. */
    @FunctionalInterface
    interface Sleeper {
        void sleep(Duration time);
    }

    private static final long FIRST_NANOS = Duration.ofMillis(20).toNanos();
    private static final long LONGEST_NANOS = Duration.ofMillis(640).toNanos();

    private final Sleeper sleeper;
    private final DoubleSupplier random;
    private final LongSupplier nanos;
    private final long budgetNanos;

    /** @param budget how long a call may take with all its repetitions */
    Pauses(Duration budget) {
        this(budget, time -> LockSupport.parkNanos(time.toNanos()),
                () -> ThreadLocalRandom.current().nextDouble(), System::nanoTime);
    }

    Pauses(Duration budget, Sleeper sleeper, DoubleSupplier random, LongSupplier nanos) {
        budgetNanos = budget.toNanos();
        this.sleeper = sleeper;
        this.random = random;
        this.nanos = nanos;
    }

    /** The moment of a call's beginning. */
    long now() {
        return nanos.getAsLong();
    }

    /** Waits before repetition {@code number} (from 0); false, without waiting, if there is no time for another. */
    boolean before(int number, long began) {
        long longest = Math.min(LONGEST_NANOS, FIRST_NANOS << Math.min(number, 10));
        long pause = (long) (random.getAsDouble() * longest);
        if (Thread.currentThread().isInterrupted() || nanos.getAsLong() - began + pause >= budgetNanos) {
            return false;
        }
        sleeper.sleep(Duration.ofNanos(pause));
        return !Thread.currentThread().isInterrupted();
    }
}

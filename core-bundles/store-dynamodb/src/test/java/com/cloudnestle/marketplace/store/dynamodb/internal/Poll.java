package com.cloudnestle.marketplace.store.dynamodb.internal;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread or process is about to do. */
final class Poll {

    private static final long PATIENCE_NANOS = Duration.ofSeconds(60).toNanos();

    private Poll() {}

    static void until(BooleanSupplier fact) {
        long began = System.nanoTime();
        while (!fact.getAsBoolean()) {
            if (System.nanoTime() - began > PATIENCE_NANOS) {
                throw new AssertionError("did not become true within 60 s");
            }
            LockSupport.parkNanos(10_000_000);
        }
    }
}

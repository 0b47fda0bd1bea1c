package com.cloudnestle.marketplace.store;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * What a component asks the store while it is activated. The container does not activate a component again that failed, nor
 * do those that wait for it get it later: one lost reply would leave the node unready until somebody restarts it.
 */
public final class StoreAtStart {

    /** How long it is asked again. */
    public static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration PAUSE = Duration.ofMillis(200);

    private StoreAtStart() {}

    /**
     * Waits for the store as long as it takes, up to {@link #PATIENCE}.
     *
     * @param work is done again from its beginning after each failure, so it must be safe to repeat even where it is not known
     *     what became of it
     * @throws StoreException the last one, if the store still fails then, or at once where the thread is interrupted
     */
    public static <T> T ask(Supplier<T> work) {
        return ask(work, LockSupport::parkNanos);
    }

    static <T> T ask(Supplier<T> work, LongConsumer pause) {
        long began = System.nanoTime();
        for (long tries = 1; ; tries++) {
            try {
                return work.get();
            } catch (StoreException e) {
                boolean over = System.nanoTime() - began > PATIENCE.toNanos() || tries * PAUSE.toNanos() > PATIENCE.toNanos();
                if (over || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                pause.accept(PAUSE.toNanos());
            }
        }
    }
}

package com.cloudnestle.marketplace.store.transfer.internal;

import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.StoreException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Puts items with several threads: an embedded store makes one commit of what waits at the same time, a remote one answers
 * many at once. The first failure ends it.
 */
final class ParallelPuts {

    private static final int THREADS = 16;
    /** Putting the same item again is safe whatever became of the time before. */
    private static final int TRIES = 3;

    private final Store store;
    private final ThreadPoolExecutor threads;
    private final AtomicLong done = new AtomicLong();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

    ParallelPuts(Store store) {
        this.store = store;
        this.threads = new ThreadPoolExecutor(
                THREADS, THREADS, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(THREADS), task -> {
                    Thread thread = new Thread(task, "marketplace-import");
                    thread.setDaemon(true);
                    return thread;
                }, new ThreadPoolExecutor.CallerRunsPolicy());
    }

    /** Waits while the store cannot keep up. Throws what an earlier item failed with. */
    void put(Item item) {
        throwFailure();
        threads.execute(() -> {
            try {
                if (failure.get() == null) {
                    write(item);
                    done.incrementAndGet();
                }
            } catch (RuntimeException e) {
                failure.compareAndSet(null, e);
            }
        });
    }

    /** Items written so far. */
    long done() {
        return done.get();
    }

    /** Waits until all are written. */
    void finish() {
        stop();
        throwFailure();
    }

    /** Waits until none is written any more, whatever became of them. */
    void stop() {
        threads.shutdown();
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = threads.awaitTermination(1, TimeUnit.HOURS);
            } catch (InterruptedException e) {
                interrupted = true; // leaving now would let writes go on behind the caller's back
                failure.compareAndSet(null, new StoreException.Unavailable("The import was interrupted."));
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(Item item) {
        for (int i = 1; ; i++) {
            try {
                store.put(item);
                return;
            } catch (StoreException e) {
                if (i == TRIES) {
                    throw e;
                }
            }
        }
    }

    private void throwFailure() {
        RuntimeException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }
}

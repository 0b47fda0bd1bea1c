package com.cloudnestle.marketplace.payment.internal;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads that ask providers, and the one that looks for work. What does not fit into the queue is in the store anyway. */
final class WorkerThreads implements Executor {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerThreads.class);
    /** They wait for providers and for the store most of the time. */
    private static final int THREADS = 32;
    private static final int QUEUE = 10_000;
    private static final long LAST_WORK_SECONDS = 10;

    private final ThreadPoolExecutor workers = new ThreadPoolExecutor(THREADS, THREADS, 30, TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE), work -> thread(work, "marketplace-payment"), new ThreadPoolExecutor.AbortPolicy());
    private final ScheduledExecutorService rounds =
            Executors.newSingleThreadScheduledExecutor(work -> thread(work, "marketplace-payment-rounds"));
    private Runnable last = () -> {};
    private String lastFailure = "";

    WorkerThreads() {
        workers.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * @param round looks for work
     * @param whenStopped the last thing that is done
     */
    void start(Runnable round, Runnable whenStopped, Duration every) {
        last = whenStopped;
        rounds.scheduleWithFixedDelay(() -> guarded(round), 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** An exception would end the rounds for good. */
    private void guarded(Runnable round) {
        try {
            round.run();
            lastFailure = "";
        } catch (RuntimeException e) {
            if (!lastFailure.equals(e.toString())) {
                lastFailure = e.toString();
                LOG.warn("event=payment_round_failed reason=\"{}\"; tried again", lastFailure);
            }
        }
    }

    @Override
    public void execute(Runnable work) {
        workers.execute(work);
    }

    void stop() {
        rounds.shutdown();
        workers.shutdown();
        try {
            if (!rounds.awaitTermination(LAST_WORK_SECONDS, TimeUnit.SECONDS)
                    || !workers.awaitTermination(LAST_WORK_SECONDS, TimeUnit.SECONDS)) {
                LOG.info("event=payment_work_interrupted; it is taken up again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        workers.shutdownNow();
        rounds.shutdownNow();
        guarded(last);
    }
}

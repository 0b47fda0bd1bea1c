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
    static final int MOST = 32;
    /**
     * Just after a start everything is slow, and what lay still meanwhile comes at once. Whoever tells or waits must be answered then;
     * what follows from it may come a little later. So there are few at first, and one more each second.
     */
    static final int FIRST = 2;
    private static final Duration ONE_MORE = Duration.ofSeconds(1);
    private static final int QUEUE = 10_000;
    private static final long LAST_WORK_SECONDS = 10;

    private final ThreadPoolExecutor workers = new ThreadPoolExecutor(FIRST, FIRST, 30, TimeUnit.SECONDS,
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
        rounds.scheduleWithFixedDelay(this::oneMore, ONE_MORE.toMillis(), ONE_MORE.toMillis(), TimeUnit.MILLISECONDS);
    }

    void oneMore() {
        int more = workers.getMaximumPoolSize() + 1;
        if (more <= MOST) {
            workers.setMaximumPoolSize(more);
            workers.setCorePoolSize(more);
        }
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

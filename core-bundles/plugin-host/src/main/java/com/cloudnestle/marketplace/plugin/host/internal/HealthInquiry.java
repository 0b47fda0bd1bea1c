package com.cloudnestle.marketplace.plugin.host.internal;

import com.cloudnestle.marketplace.solution.Solution;
import com.cloudnestle.marketplace.solution.SolutionHealth;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks one solution how it is, and waits only so long. Callers that come at the same time share one call. A call that
 * gives no answer is interrupted, and no other is begun before it has ended and a pause is over: a plugin that hangs
 * costs one thread at most, and those who ask about it often are not held up each time.
 *
 * <p>Each call has a thread of its own that ends with it. A pooled one would keep what plugin code leaves in thread
 * locals, and with that the plugin's classes, after the plugin has gone.
 */
final class HealthInquiry implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(2);
    static final Duration PAUSE = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(HealthInquiry.class);

    private final class Call {
        private final CompletableFuture<SolutionHealth> answer = new CompletableFuture<>();
        private final Thread thread = new Thread(null, this::run, "marketplace-health-" + id, 0, false);
        private final long begun = nanos.getAsLong();
        private boolean abandoned;

        private Call() {
            thread.setDaemon(true);
            thread.setContextClassLoader(solution.getClass().getClassLoader());
            thread.start();
        }

        private void run() {
            answer.complete(plainlyAsked());
        }

        /** Gives those who wait another answer than the solution's, which may come late or never. */
        private void abandon(String reason) {
            synchronized (HealthInquiry.this) { // so that nobody takes it for answered in between
                if (!answer.complete(SolutionHealth.failing(reason))) {
                    return;
                }
                abandoned = true;
                thread.interrupt();
                LOG.warn("event=health-unanswered solution={} reason=\"{}\"", id, reason);
            }
        }

        private boolean isOver() {
            return answer.isDone() && (!abandoned || !thread.isAlive() && age() >= patience.plus(PAUSE).toNanos());
        }

        private long age() {
            return nanos.getAsLong() - begun;
        }
    }

    private final String id;
    private final Solution solution;
    private final Duration patience;
    private final LongSupplier nanos;
    private @Nullable Call latest;
    private boolean closed;

    /** @param nanos a clock for durations, like {@link System#nanoTime} */
    HealthInquiry(String id, Solution solution, Duration patience, LongSupplier nanos) {
        this.id = id;
        this.solution = solution;
        this.patience = patience;
        this.nanos = nanos;
    }

    /** The solution's answer, or why there is none; after the patience at the latest. */
    SolutionHealth ask() {
        Call call = call();
        if (call == null) {
            return SolutionHealth.failing("it is being taken out");
        }
        try {
            return call.answer.get(Math.max(0, patience.toNanos() - call.age()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            call.abandon("no answer within " + seconds(patience));
            return call.answer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return SolutionHealth.failing("not waited for");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // never: it is completed by values only
        }
    }

    private synchronized @Nullable Call call() {
        if (!closed && (latest == null || latest.isOver())) {
            latest = new Call();
        }
        return closed ? null : latest;
    }

    /** Interrupts what is still asked; the solution is not asked again. */
    @Override
    public synchronized void close() {
        closed = true;
        if (latest != null) {
            latest.abandon("it is being taken out");
            latest = null;
        }
    }

    private SolutionHealth plainlyAsked() {
        try {
            SolutionHealth health = solution.health();
            return health != null ? health : SolutionHealth.failing("health() gave null");
        } catch (Throwable e) { // a plugin's bug, whatever it is: this thread ends here, so nothing else can see it
            return SolutionHealth.failing("health() failed: " + e);
        }
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}

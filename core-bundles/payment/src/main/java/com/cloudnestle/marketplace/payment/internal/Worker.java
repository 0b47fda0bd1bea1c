package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does tasks: those just written, and those that are due, whoever left them. */
final class Worker {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Tasks tasks;
    private final Lease lease;
    private final Executor threads;
    private final Map<Task.Kind, Function<Task, Optional<Instant>>> work;
    /** Tasks that are being done here, so that a round does not begin one a second time while a provider takes long. */
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    /** @param work does a task of each kind and says when to come back to it; empty: it is done */
    Worker(Tasks tasks, Lease lease, Executor threads, Map<Task.Kind, Function<Task, Optional<Instant>>> work) {
        this.tasks = tasks;
        this.lease = lease;
        this.threads = threads;
        this.work = Map.copyOf(work);
    }

    /**
     * Begins what was just written. What follows from a payment is done before this returns, so that who sees the payment has what it
     * was for; the rest is done on a thread of its own.
     *
     * @throws MarketplaceException if what follows could not be done now; it will be
     */
    void begin(Task task) {
        if (task.kind() == Task.Kind.EFFECT) {
            handle(task);
            tasks.done(task);
        } else {
            hand(task);
        }
    }

    /** Takes up what is due, if this node is the one to do so. */
    void round() {
        if (!lease.held()) {
            return;
        }
        for (Task task : tasks.due()) {
            if (!underWay.contains(name(task))) {
                tasks.take(task).ifPresent(this::hand);
            }
        }
    }

    private void hand(Task task) {
        if (!underWay.add(name(task))) {
            return;
        }
        try {
            threads.execute(() -> {
                try {
                    attempt(task);
                } finally {
                    underWay.remove(name(task));
                }
            });
        } catch (RejectedExecutionException e) {
            underWay.remove(name(task));
            LOG.debug("event=payment_task_left kind={} ref={}", task.kind(), task.ref()); // it is in the store and comes again
        }
    }

    /** A task that fails comes again, ever more seldom; it must not keep others from being done. */
    private void attempt(Task task) {
        try {
            Optional<Instant> again = handle(task);
            if (again.isPresent()) {
                tasks.move(task, again.get());
            } else {
                tasks.done(task);
            }
        } catch (RuntimeException e) {
            told(task, e);
            try {
                tasks.move(task, task.due().plus(Ladder.backoff(task.attempts(), LONGEST)));
            } catch (RuntimeException again) {
                LOG.debug("event=payment_task_left kind={} ref={}", task.kind(), task.ref()); // it comes again by itself
            }
        }
    }

    /** The trace of a store or a provider that does not answer tells nothing. */
    private static void told(Task task, RuntimeException e) {
        if (e instanceof MarketplaceException) {
            LOG.warn("event=payment_task_failed kind={} ref={} attempts={} reason=\"{}\"",
                    task.kind(), task.ref(), task.attempts(), e.getMessage());
        } else {
            LOG.error("event=payment_task_failed kind={} ref={} attempts={}", task.kind(), task.ref(), task.attempts(), e);
        }
    }

    private Optional<Instant> handle(Task task) {
        return work.getOrDefault(task.kind(), unknown -> Optional.empty()).apply(task);
    }

    private static String name(Task task) {
        return task.kind() + "#" + task.ref();
    }
}

package com.cloudnestle.marketplace.store.sqlite.internal;

import com.cloudnestle.marketplace.store.StoreException;
import com.cloudnestle.marketplace.store.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Brings all writes to the one writer. A calling thread that finds nobody leading takes all writes that wait, commits
 * them together and wakes their callers; the writes that arrive meanwhile form the next group. So one fsync serves as
 * many callers as there are, and there is no thread of our own to start or stop.
 */
final class Funnel {

    static final int MAX_GROUP = 512;
    static final int MAX_WAITING = 4096;

    /** Waiters are woken; this only bounds the harm if a wake-up were ever missed. If it were short, hundreds would wake for nothing. */
    private static final long SAFETY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final ReentrantLock lead = new ReentrantLock();
    private final Writer writer;
    private final Expiry expiry;
    private final BlockingQueue<Pending> waiting;
    private volatile boolean stopped;

    Funnel(Writer writer, Expiry expiry) {
        this(writer, expiry, new ArrayBlockingQueue<>(MAX_WAITING));
    }

    /** @param waiting calls that wait for the group after the present one; bounded */
    Funnel(Writer writer, Expiry expiry, BlockingQueue<Pending> waiting) {
        this.writer = writer;
        this.expiry = expiry;
        this.waiting = waiting;
    }

    /** Returns once the outcome is durable. */
    Group.Outcome submit(List<Write> writes) {
        checkRunning();
        Pending pending = new Pending(writes);
        if (!waiting.offer(pending)) {
            throw new StoreException.Unavailable("the store is busy, try again in a moment");
        }
        boolean interrupted = false;
        while (!pending.done()) {
            if (lead.tryLock()) {
                commitGroup();
            } else {
                LockSupport.parkNanos(this, SAFETY_NANOS);
                // The write may be on its way to the disk already, so an interrupt can only be passed on afterwards.
                interrupted |= Thread.interrupted();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return pending.result();
    }

    /** Runs something on the writer's connection while no group runs. */
    <T, X extends Exception> T holding(Holding<T, X> work) throws X {
        lead.lock();
        try {
            checkRunning();
            return work.run(writer.rows());
        } finally {
            release();
        }
    }

    /** Work that needs the writer's connection. */
    @FunctionalInterface
    interface Holding<T, X extends Exception> {
        T run(Rows rows) throws X;
    }

    /** Lets the running group end, then fails what waits and what comes. */
    void stop() {
        lead.lock();
        try {
            stopped = true;
        } finally {
            release();
        }
    }

    private void checkRunning() {
        if (stopped) {
            throw new StoreException.Unavailable("the store is stopping");
        }
        writer.checkUsable();
    }

    /** Called with the lead; gives it back. */
    private void commitGroup() {
        try {
            List<Pending> group = new ArrayList<>();
            waiting.drainTo(group, MAX_GROUP);
            if (!group.isEmpty()) {
                StoreException failure = commit(group);
                group.forEach(pending -> pending.finish(failure));
            }
        } finally {
            release();
        }
    }

    private @Nullable StoreException commit(List<Pending> pendings) {
        try {
            checkRunning();
            writer.transaction(rows -> {
                boolean reclaimed = expiry.reclaim(rows);
                Group group = new Group(rows);
                for (Pending pending : pendings) {
                    pending.evaluate(group);
                }
                return group.flush() | reclaimed;
            });
            return null;
        } catch (StoreException e) {
            return e;
        }
    }

    /** Gives the lead back and wakes the one who waits longest, to take it. */
    private void release() {
        lead.unlock();
        Pending next = waiting.peek();
        if (next != null) {
            next.wake();
        }
    }
}

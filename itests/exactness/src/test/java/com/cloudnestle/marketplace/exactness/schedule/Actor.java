package com.cloudnestle.marketplace.exactness.schedule;

import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Something that acts step by step: a thread of a node under test, which stops before each store call until it is told to go
 * on, or something of the surroundings (a clock, a delayed request), which the scheduler does itself.
 */
final class Actor {

    private enum State {
        /** Waits before its {@link #pending} step. */
        WAITING,
        RUNNING,
        DONE
    }

    /** Which actor the present thread plays; none: store calls of that thread are not scheduled. */
    private static final ThreadLocal<@Nullable Actor> PRESENT = new ThreadLocal<>();

    private final String name;
    private final int node;
    private final Runnable body;
    private final boolean threaded;
    private volatile Step pending;
    private volatile Fault fault = Fault.NONE;
    private volatile State state = State.WAITING;
    private volatile @Nullable Thread thread;
    private volatile @Nullable Thread scheduler;
    private volatile @Nullable Runnable dispatcher;
    private volatile boolean doomed;

    private Actor(String name, int node, Step first, Runnable body, boolean threaded) {
        this.name = name;
        this.node = node;
        this.pending = first;
        this.body = body;
        this.threaded = threaded;
    }

    static Actor thread(String name, int node, Runnable body) {
        return new Actor(name, node, Step.local("begin"), body, true);
    }

    /** One step of the surroundings; of one node, or -1 for what no node does. */
    static Actor surroundings(String name, int node, Step step, Runnable body) {
        return new Actor(name, node, step, body, false);
    }

    static @Nullable Actor present() {
        return PRESENT.get();
    }

    String name() {
        return name;
    }

    int node() {
        return node;
    }

    Step pending() {
        return pending;
    }

    boolean waiting() {
        return state == State.WAITING;
    }

    boolean running() {
        return state == State.RUNNING;
    }

    boolean done() {
        return state == State.DONE;
    }

    @Nullable Thread javaThread() {
        return thread;
    }

    /** Called by the thread that plays this actor: waits for its turn and returns what shall happen to the step. */
    Fault reach(Step step) {
        if (doomed) {
            throw new NodeCrash();
        }
        pending = step;
        state = State.WAITING;
        stepOver();
        while (state == State.WAITING) {
            LockSupport.park(this);
        }
        if (doomed) {
            throw new NodeCrash();
        }
        return fault;
    }

    /** The next step is chosen by whoever did the one before, without waking anybody else; or else by the scheduler's thread. */
    private void stepOver() {
        Runnable next = dispatcher;
        if (next == null) {
            LockSupport.unpark(scheduler);
        } else {
            next.run();
        }
    }

    /** To be called when a step of this actor is over; null: the scheduler's thread waits for that. */
    void dispatchedBy(@Nullable Runnable newDispatcher) {
        dispatcher = newDispatcher;
    }

    /** Whether its steps are done by whoever chooses them. */
    boolean ofSurroundings() {
        return !threaded;
    }

    /** Lets the actor do its pending step; called by the scheduler only. */
    void go(Fault what, Executor threads) {
        fault = what;
        scheduler = Thread.currentThread();
        state = State.RUNNING;
        if (!threaded) {
            body.run();
            state = State.DONE;
        } else if (thread == null) {
            threads.execute(this::play);
        } else {
            LockSupport.unpark(thread);
        }
    }

    /** The run is over before this actor is: its thread unwinds as soon as it is at a step. */
    void doom(Executor threads) {
        doomed = true;
        dispatcher = null;
        if (threaded && thread == null) {
            state = State.DONE;
        } else if (threaded && waiting()) {
            go(Fault.NONE, threads);
        } else if (!threaded) {
            state = State.DONE;
        }
    }

    private void play() {
        thread = Thread.currentThread();
        PRESENT.set(this);
        try {
            body.run();
        } catch (NodeCrash e) {
            // the end of this actor
        } finally {
            PRESENT.remove();
            state = State.DONE;
            stepOver();
        }
    }
}

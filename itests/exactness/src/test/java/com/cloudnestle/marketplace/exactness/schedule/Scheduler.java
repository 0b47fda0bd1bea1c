package com.cloudnestle.marketplace.exactness.schedule;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs actors one step at a time: exactly one acts, all others stand before a step, have ended, or wait for a lock that one of
 * them holds. Which one acts, and what goes wrong, a {@link Chooser} says.
 */
final class Scheduler {

    /** @return index of the option to take, or {@link #STOP} */
    @FunctionalInterface
    interface Chooser {
        int STOP = -1;

        int choose(List<Option> options);
    }

    /** One way to go on. */
    record Option(Actor actor, Step step, Fault fault) {
        boolean sameAs(Option other) {
            return actor.name().equals(other.actor.name()) && fault == other.fault;
        }

        boolean commutes(Option other) {
            boolean sameNode = actor.node() >= 0 && actor.node() == other.actor.node();
            return !sameNode && step.commutes(other.step);
        }

        @Override
        public String toString() {
            return actor.name() + ": " + step.what() + (fault == Fault.NONE ? "" : " <" + fault + ">");
        }
    }

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    /** As {@link ThreadInfo#getLockOwnerId()} says it. */
    private static final long NOBODY = -1;
    private static final int SPINS = 200;
    private static final long LOOK_NANOS = 200_000;
    /** A thread that waits for something that no actor holds, e.g. another thread to finish, gets this long to go on; so does a run. */
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    static final ExecutorService WORKERS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "actor");
        thread.setDaemon(true);
        return thread;
    });

    private final List<Actor> actors = new ArrayList<>();
    private final List<Fault> faults;
    private final List<Option> taken = new ArrayList<>();
    private int faultsLeft;
    private @Nullable Actor crashed;
    private volatile boolean over;
    private boolean stopped;
    private @Nullable RuntimeException failure;

    /** @param most how many steps of one run may go wrong */
    Scheduler(List<Fault> faults, int most) {
        this.faults = faults;
        this.faultsLeft = most;
    }

    synchronized void add(Actor actor) {
        actors.add(actor);
    }

    /** What was done, in order. */
    List<Option> taken() {
        return taken;
    }

    /** To be called by the actor whose step ends its node. */
    synchronized void crash(Actor by) {
        crashed = by;
    }

    /**
     * Runs until all have ended.
     *
     * @return false if the chooser stopped it
     * @throws IllegalStateException if actors wait for each other
     */
    boolean run(Chooser chooser) {
        boolean finished = threadsMeet() ? runWatching(chooser) : runHandingOver(chooser);
        if (!finished) {
            abandon();
        }
        return finished;
    }

    /** Whether two threads of one node may have to wait for one another's locks. */
    private boolean threadsMeet() {
        List<Integer> nodes = snapshot().stream().filter(actor -> !actor.ofSurroundings()).map(Actor::node).toList();
        return nodes.stream().distinct().count() < nodes.size();
    }

    /** Each actor chooses the next one: half the changes of threads, and none while the same actor goes on. */
    private boolean runHandingOver(Chooser chooser) {
        Thread waiting = Thread.currentThread();
        Runnable dispatcher = () -> {
            if (dispatch(chooser)) {
                over = true;
                LockSupport.unpark(waiting);
            }
        };
        snapshot().forEach(actor -> actor.dispatchedBy(dispatcher));
        dispatcher.run();
        long patience = System.nanoTime() + PATIENCE_NANOS;
        while (!over) {
            LockSupport.parkNanos(PATIENCE_NANOS);
            if (System.nanoTime() > patience) {
                throw new IllegalStateException("a step does not end: " + describe());
            }
        }
        if (failure != null) {
            throw new IllegalStateException("the surroundings failed", failure);
        }
        return !stopped;
    }

    /** Lets the next actor go; true when there is none, or no more is wanted. */
    private synchronized boolean dispatch(Chooser chooser) {
        while (true) {
            Option option = next(chooser);
            if (option == null) {
                return true;
            }
            try {
                option.actor().go(option.fault(), WORKERS);
            } catch (RuntimeException e) {
                failure = e;
                return true;
            }
            if (!option.actor().ofSurroundings()) {
                return false;
            }
        }
    }

    /** This thread chooses, and looks out for those that wait for a lock. */
    private boolean runWatching(Chooser chooser) {
        while (true) {
            settle();
            Option option = next(chooser);
            if (option == null) {
                return !stopped;
            }
            option.actor().go(option.fault(), WORKERS);
            settle();
            unwindCrashed();
        }
    }

    private @Nullable Option next(Chooser chooser) {
        List<Option> options = options();
        int index = options.isEmpty() ? Chooser.STOP : chooser.choose(options);
        stopped = !options.isEmpty() && index == Chooser.STOP;
        if (index == Chooser.STOP) {
            return null;
        }
        Option option = options.get(index);
        taken.add(option);
        if (option.fault() != Fault.NONE) {
            faultsLeft--;
        }
        return option;
    }

    /** What its other actors were about to ask of the store fails at once; it changes nothing, so it is no step. */
    private void unwindCrashed() {
        Actor by = crashed;
        if (by != null) {
            crashed = null;
            for (Actor actor : snapshot()) {
                boolean calling = actor.waiting() && actor.pending().kind() != Step.Kind.LOCAL;
                if (actor != by && actor.node() == by.node() && calling) {
                    actor.go(Fault.NONE, WORKERS);
                    settle();
                }
            }
        }
    }

    private void abandon() {
        for (Actor actor : snapshot()) {
            actor.doom(WORKERS);
        }
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (snapshot().stream().anyMatch(actor -> !actor.done())) {
            snapshot().stream().filter(Actor::waiting).forEach(actor -> actor.doom(WORKERS));
            LockSupport.parkNanos(LOOK_NANOS / 10);
            if (System.nanoTime() > end) {
                throw new IllegalStateException("abandoned actors do not end: " + describe());
            }
        }
    }

    private synchronized List<Actor> snapshot() {
        return List.copyOf(actors);
    }

    private List<Option> options() {
        List<Option> options = new ArrayList<>();
        for (Actor actor : snapshot()) {
            if (actor.waiting()) {
                Step step = actor.pending();
                options.add(new Option(actor, step, Fault.NONE));
                if (faultsLeft > 0) {
                    faults.stream()
                            .filter(fault -> fault.possibleFor(step))
                            .forEach(fault -> options.add(new Option(actor, step, fault)));
                }
            }
        }
        return options;
    }

    /** Waits until nobody can go on without being told to. */
    private void settle() {
        long patience = System.nanoTime() + PATIENCE_NANOS;
        for (int spins = 0; ; spins++) {
            List<Actor> moving = snapshot().stream().filter(Actor::running).toList();
            if (moving.isEmpty()) {
                return;
            }
            if (spins < SPINS) {
                Thread.onSpinWait();
                continue;
            }
            LockSupport.parkNanos(LOOK_NANOS);
            boolean someWaiting = snapshot().stream().anyMatch(Actor::waiting);
            if (someWaiting && moving.stream().allMatch(actor -> stuckBehindAnother(actor, moving.size()))) {
                return;
            }
            if (System.nanoTime() > patience) {
                throw new IllegalStateException("actors wait for each other: " + describe());
            }
        }
    }

    /** Whether it waits for a lock whose owner is an actor that stands before a step (or behind yet another one). */
    private boolean stuckBehindAnother(Actor actor, int chain) {
        long owner = chain == 0 ? NOBODY : lockOwner(actor);
        boolean ownerStands = owner != NOBODY && snapshot().stream()
                .filter(other -> other != actor)
                .anyMatch(other -> {
                    Thread holder = other.javaThread();
                    return holder != null && holder.getId() == owner && (other.waiting() || stuckBehindAnother(other, chain - 1));
                });
        // looked at again: the owner may have let the lock go on its way to where it stands, and stands still only from then on
        return ownerStands && lockOwner(actor) == owner;
    }

    /** Thread that owns the lock for which the actor waits. */
    private static long lockOwner(Actor actor) {
        Thread thread = actor.javaThread();
        ThreadInfo info = thread == null ? null : THREADS.getThreadInfo(thread.getId());
        return info == null || info.getThreadState() == Thread.State.RUNNABLE ? NOBODY : info.getLockOwnerId();
    }

    private String describe() {
        StringBuilder text = new StringBuilder();
        for (Actor actor : snapshot()) {
            Thread thread = actor.javaThread();
            text.append('\n').append(actor.name()).append(actor.done() ? " done" : actor.waiting() ? " waits" : " runs");
            if (actor.running() && thread != null) {
                for (StackTraceElement frame : thread.getStackTrace()) {
                    text.append("\n    ").append(frame);
                }
            }
        }
        return text.toString();
    }
}

package com.cloudnestle.marketplace.testing;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Gives a call up as soon as it has arrived, in place of a time after which it is given up: no sooner, however slow the machine is,
 * and no later.
 */
public final class Abandoned {

    private Abandoned() {}

    /** A call that may fail in one checked way. */
    @FunctionalInterface
    public interface Call<T, X extends Exception> {
        T call() throws X;
    }

    /**
     * Calls on a thread of its own, and interrupts that thread once the call has arrived.
     *
     * @return what the call gave, if it ended by itself or in spite of the interruption
     * @throws X as the call threw it
     * @throws AssertionError if the call failed in an unchecked way
     */
    public static <T, X extends Exception> T once(BooleanSupplier arrived, Call<T, X> call) throws X {
        FutureTask<T> calling = new FutureTask<>(call::call);
        Thread caller = new Thread(calling, "abandoned");
        caller.start();
        while (!calling.isDone() && !arrived.getAsBoolean()) {
            LockSupport.parkNanos(1_000_000);
        }
        if (!calling.isDone()) {
            caller.interrupt();
        }
        try {
            return calling.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } catch (ExecutionException e) {
            throw Abandoned.<X>checked(e.getCause());
        }
    }

    @SuppressWarnings("unchecked") // it throws nothing else that is checked
    private static <X extends Exception> X checked(Throwable failure) {
        if (failure instanceof RuntimeException || failure instanceof Error) {
            throw new AssertionError("the call failed: " + failure, failure);
        }
        return (X) failure;
    }
}

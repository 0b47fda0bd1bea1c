package com.cloudnestle.marketplace.store.sqlite.internal;

import com.cloudnestle.marketplace.store.StoreException;
import com.cloudnestle.marketplace.store.Write;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A call that waits for its commit. Worked on by whichever thread leads the group; read by the caller once done. */
final class Pending {

    private final List<Write> writes;
    private final Thread caller = Thread.currentThread();

    private Group.@Nullable Outcome outcome;
    private @Nullable RuntimeException failure;
    private volatile boolean done;

    Pending(List<Write> writes) {
        this.writes = writes;
    }

    /** Works out the outcome; a malformed write fails this call and none of the others. */
    void evaluate(Group group) throws SQLException {
        try {
            outcome = group.apply(writes);
        } catch (IllegalArgumentException e) {
            failure = e;
        }
    }

    /** Tells the caller the outcome, or the failure if there is one. */
    void finish(@Nullable StoreException groupFailure) {
        if (groupFailure != null) {
            failure = groupFailure;
        }
        done = true;
        LockSupport.unpark(caller);
    }

    boolean done() {
        return done;
    }

    void wake() {
        LockSupport.unpark(caller);
    }

    /** The outcome; failures are thrown anew, for one exception cannot belong to several threads. */
    Group.Outcome result() {
        if (failure instanceof StoreException.OutcomeUnknown unknown) {
            throw new StoreException.OutcomeUnknown(unknown.getMessage(), unknown);
        }
        if (failure instanceof StoreException.Unavailable unavailable) {
            throw new StoreException.Unavailable(unavailable.getMessage(), unavailable);
        }
        if (failure != null) {
            throw new IllegalArgumentException(failure.getMessage(), failure);
        }
        if (outcome == null) {
            throw new IllegalStateException("finished without an outcome");
        }
        return outcome;
    }
}

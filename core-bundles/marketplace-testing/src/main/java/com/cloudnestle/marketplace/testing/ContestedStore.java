package com.cloudnestle.marketplace.testing;

import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.TransactResult;
import com.cloudnestle.marketplace.store.Write;
import com.cloudnestle.marketplace.store.WriteResult;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A store on which somebody else is faster: what is given to {@link #beforeNextWrite} happens after the caller has read and
 * before it writes, which threads alone meet only by luck. Something that throws makes the write fail.
 */
public final class ContestedStore extends ForwardingStore {

    private final AtomicReference<@Nullable Runnable> rival = new AtomicReference<>();

    public ContestedStore(Store store) {
        super(store);
    }

    /** Runs once, just before the next write or transaction; it should use the store inside, not this one. */
    public void beforeNextWrite(Runnable act) {
        rival.set(act);
    }

    private void contest() {
        Runnable act = rival.getAndSet(null);
        if (act != null) {
            act.run();
        }
    }

    @Override
    public WriteResult write(Write write) {
        contest();
        return super.write(write);
    }

    @Override
    public TransactResult transact(List<Write> writes) {
        contest();
        return super.transact(writes);
    }
}

package com.cloudnestle.marketplace.entitlement.internal;

import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.TransactResult;
import com.cloudnestle.marketplace.store.Write;
import com.cloudnestle.marketplace.store.WriteResult;
import com.cloudnestle.marketplace.testing.ForwardingStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Counts what reaches the store, and lets somebody else act between a read and its answer. */
final class CountingStore extends ForwardingStore {

    final AtomicInteger reads = new AtomicInteger();
    final AtomicInteger writes = new AtomicInteger();
    private final AtomicReference<@Nullable Runnable> rival = new AtomicReference<>();

    CountingStore(Store store) {
        super(store);
    }

    /** Runs once, after the next read by key has seen the item and before its caller gets it. */
    void duringNextGet(Runnable act) {
        rival.set(act);
    }

    @Override
    public Optional<Item> get(Key key) {
        reads.incrementAndGet();
        Optional<Item> seen = super.get(key);
        Runnable act = rival.getAndSet(null);
        if (act != null) {
            act.run();
        }
        return seen;
    }

    @Override
    public WriteResult write(Write write) {
        writes.incrementAndGet();
        return super.write(write);
    }

    @Override
    public TransactResult transact(List<Write> all) {
        writes.incrementAndGet();
        return super.transact(all);
    }
}

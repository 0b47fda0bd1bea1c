package com.cloudnestle.marketplace.quota.internal;

import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.StoreException;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.TransactResult;
import com.cloudnestle.marketplace.store.Write;
import com.cloudnestle.marketplace.store.WriteResult;
import com.cloudnestle.marketplace.store.WriteWatcher;
import com.cloudnestle.marketplace.store.WriteWatchers;
import com.cloudnestle.marketplace.testing.ForwardingStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** One node's way to the common store: it hears of its own writes only, is counted, and can be disturbed. */
final class NodeStore extends ForwardingStore {

    /** What happens to a write. */
    enum Fault {
        NONE,
        /** Nothing is applied, and the node knows it. */
        REFUSED,
        /** Applied, but the answer is lost. */
        LOST_REPLY,
        /** Not applied, and the node does not know it. */
        LOST_REQUEST,
        /** Arrives twice; the answer is that to the first. */
        DUPLICATED
    }

    final AtomicInteger reads = new AtomicInteger();
    final AtomicInteger writes = new AtomicInteger();
    final AtomicInteger transactions = new AtomicInteger();
    volatile Fault fault = Fault.NONE;
    /** Writes that the fault still meets. */
    final AtomicInteger faults = new AtomicInteger();
    private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
    private final AtomicReference<Runnable> late = new AtomicReference<>(() -> {});
    private final WriteWatchers watchers = new WriteWatchers();

    NodeStore(Store common) {
        super(common);
    }

    void disturb(Fault next, int times) {
        fault = next;
        faults.set(times);
    }

    /** What others do while the node waits in vain for the answer to its next request that is lost. */
    void onNextLoss(Runnable others) {
        meanwhile.set(others);
    }

    /** Lets the request that was lost last arrive after all. */
    void arriveLate() {
        late.getAndSet(() -> {}).run();
    }

    /** Writes and transactions. */
    int changes() {
        return writes.get() + transactions.get();
    }

    @Override
    public Optional<Item> get(Key key) {
        reads.incrementAndGet();
        return super.get(key);
    }

    @Override
    public WriteResult write(Write write) {
        writes.incrementAndGet();
        return disturbed(() -> super.write(write), List.of(write));
    }

    @Override
    public TransactResult transact(List<Write> all) {
        transactions.incrementAndGet();
        return disturbed(() -> super.transact(all), all);
    }

    private <T> T disturbed(Supplier<T> write, List<Write> all) {
        Fault now = faults.getAndUpdate(n -> Math.max(0, n - 1)) > 0 ? fault : Fault.NONE;
        if (now == Fault.REFUSED) {
            throw new StoreException.Unavailable("test: refused");
        }
        if (now == Fault.LOST_REQUEST) {
            late.set(write::get);
            meanwhile.getAndSet(() -> {}).run();
            throw new StoreException.OutcomeUnknown("test: request lost", new IllegalStateException());
        }
        T result = write.get();
        if (now == Fault.DUPLICATED) {
            write.get();
        }
        watchers.written(all);
        if (now == Fault.LOST_REPLY) {
            throw new StoreException.OutcomeUnknown("test: reply lost", new IllegalStateException());
        }
        return result;
    }

    void everything() {
        watchers.everything();
    }

    @Override
    public Registration watch(Table table, WriteWatcher watcher) {
        return watchers.add(table, watcher);
    }
}

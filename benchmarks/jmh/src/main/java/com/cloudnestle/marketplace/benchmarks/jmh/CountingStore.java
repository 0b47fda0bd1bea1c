package com.cloudnestle.marketplace.benchmarks.jmh;

import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.TransactResult;
import com.cloudnestle.marketplace.store.Write;
import com.cloudnestle.marketplace.store.WriteResult;
import com.cloudnestle.marketplace.testing.ForwardingStore;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what is asked of a store: calls that write, and the records in them. Thread-safe. */
final class CountingStore extends ForwardingStore {

    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong records = new AtomicLong();

    CountingStore(Store inner) {
        super(inner);
    }

    long calls() {
        return calls.get();
    }

    long records() {
        return records.get();
    }

    @Override
    public WriteResult write(Write write) {
        calls.incrementAndGet();
        records.incrementAndGet();
        return super.write(write);
    }

    @Override
    public TransactResult transact(List<Write> writes) {
        calls.incrementAndGet();
        records.addAndGet(writes.size());
        return super.transact(writes);
    }
}

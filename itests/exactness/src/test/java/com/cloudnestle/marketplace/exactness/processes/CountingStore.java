package com.cloudnestle.marketplace.exactness.processes;

import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.TransactResult;
import com.cloudnestle.marketplace.store.Write;
import com.cloudnestle.marketplace.store.WriteResult;
import com.cloudnestle.marketplace.testing.ForwardingStore;
import java.util.List;

/** Counts the writes asked for; each write of a transaction is one, because that is what is paid for. */
final class CountingStore extends ForwardingStore {

    private final Tally tally;

    CountingStore(Store inner, Tally tally) {
        super(inner);
        this.tally = tally;
    }

    @Override
    public WriteResult write(Write write) {
        tally.add(Tally.Sum.STORE_WRITES, 1);
        return super.write(write);
    }

    @Override
    public TransactResult transact(List<Write> writes) {
        tally.add(Tally.Sum.STORE_WRITES, writes.size());
        return super.transact(writes);
    }
}

package com.cloudnestle.marketplace.entitlement.internal;

import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.TransactResult;
import com.cloudnestle.marketplace.store.Write;
import com.cloudnestle.marketplace.store.WriteResult;
import com.cloudnestle.marketplace.store.WriteWatcher;
import com.cloudnestle.marketplace.store.WriteWatchers;
import com.cloudnestle.marketplace.testing.ForwardingStore;
import java.util.List;

/** One node's view of a shared store: its watchers hear of this node's writes only. */
final class NodeStore extends ForwardingStore {

    private final WriteWatchers watchers = new WriteWatchers();

    NodeStore(Store store) {
        super(store);
    }

    @Override
    public Registration watch(Table table, WriteWatcher watcher) {
        return watchers.add(table, watcher);
    }

    @Override
    public WriteResult write(Write write) {
        WriteResult result = super.write(write);
        watchers.written(write.key());
        return result;
    }

    @Override
    public TransactResult transact(List<Write> writes) {
        TransactResult result = super.transact(writes);
        watchers.written(writes);
        return result;
    }
}

package com.cloudnestle.marketplace.testing;

import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.StoreScan;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.TransactResult;
import com.cloudnestle.marketplace.store.Write;
import com.cloudnestle.marketplace.store.WriteResult;
import com.cloudnestle.marketplace.store.WriteWatcher;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Passes everything on, so that a store for a test only says where it differs. */
public class ForwardingStore implements Store, StoreScan {

    protected final Store inner;

    /** @param inner must offer {@link StoreScan} too if it is to be scanned */
    public ForwardingStore(Store inner) {
        this.inner = inner;
    }

    @Override
    public Optional<Item> get(Key key) {
        return inner.get(key);
    }

    @Override
    public WriteResult write(Write write) {
        return inner.write(write);
    }

    @Override
    public TransactResult transact(List<Write> writes) {
        return inner.transact(writes);
    }

    @Override
    public Page query(Table table, String pk, String prefix, boolean reverse, int limit, @Nullable String cursor) {
        return inner.query(table, pk, prefix, reverse, limit, cursor);
    }

    @Override
    public Page index(Table table, String g1, String prefix, int limit, @Nullable String cursor) {
        return inner.index(table, g1, prefix, limit, cursor);
    }

    @Override
    public boolean shared() {
        return inner.shared();
    }

    @Override
    public Registration watch(Table table, WriteWatcher watcher) {
        return inner.watch(table, watcher);
    }

    @Override
    public Page scan(Table table, int limit, @Nullable String cursor) {
        return ((StoreScan) inner).scan(table, limit, cursor);
    }
}

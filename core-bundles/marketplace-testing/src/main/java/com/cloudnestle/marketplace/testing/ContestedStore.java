package com.cloudnestle.marketplace.testing;

import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.TransactResult;
import com.cloudnestle.marketplace.store.Write;
import com.cloudnestle.marketplace.store.WriteResult;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A store on which somebody else is faster: what is given to {@link #beforeNextWrite} happens after the caller has read and
 * before it writes, which threads alone meet only by luck. Something that throws makes the write fail.
 */
public final class ContestedStore implements Store {

    private final Store store;
    private final AtomicReference<@Nullable Runnable> rival = new AtomicReference<>();

    public ContestedStore(Store store) {
        this.store = store;
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
    public Optional<Item> get(Key key) {
        return store.get(key);
    }

    @Override
    public WriteResult write(Write write) {
        contest();
        return store.write(write);
    }

    @Override
    public TransactResult transact(List<Write> writes) {
        contest();
        return store.transact(writes);
    }

    @Override
    public Page query(Table table, String pk, String prefix, boolean reverse, int limit, @Nullable String cursor) {
        return store.query(table, pk, prefix, reverse, limit, cursor);
    }

    @Override
    public Page index(Table table, String g1, String prefix, int limit, @Nullable String cursor) {
        return store.index(table, g1, prefix, limit, cursor);
    }
}

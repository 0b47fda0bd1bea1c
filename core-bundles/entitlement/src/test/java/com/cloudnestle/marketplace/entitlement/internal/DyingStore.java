package com.cloudnestle.marketplace.entitlement.internal;

import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.StoreException;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.TransactResult;
import com.cloudnestle.marketplace.store.Write;
import com.cloudnestle.marketplace.store.WriteResult;
import com.cloudnestle.marketplace.testing.ForwardingStore;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The store of a process that is killed at one of its calls: nothing it does from then on reaches the data. */
final class DyingStore extends ForwardingStore {

    /** Whether the call it dies at still takes effect. */
    enum Last { LOST, DONE }

    private int dieAt;
    private final Last last;
    private int calls;

    /** @param dieAt number of the call, from 1 */
    DyingStore(Store inner, int dieAt, Last last) {
        super(inner);
        this.dieAt = dieAt;
        this.last = last;
    }

    /** Counts from now. */
    void dieAfter(int furtherCalls) {
        dieAt = calls + furtherCalls;
    }

    boolean dead() {
        return calls >= dieAt;
    }

    private <T> T call(Supplier<T> act) {
        calls++;
        if (calls < dieAt) {
            return act.get();
        }
        if (calls == dieAt && last == Last.DONE) {
            act.get();
            throw new StoreException.OutcomeUnknown("killed", new IllegalStateException());
        }
        throw new StoreException.Unavailable("killed");
    }

    @Override
    public Optional<Item> get(Key key) {
        return call(() -> super.get(key));
    }

    @Override
    public WriteResult write(Write write) {
        return call(() -> super.write(write));
    }

    @Override
    public TransactResult transact(List<Write> writes) {
        return call(() -> super.transact(writes));
    }

    @Override
    public Page query(Table table, String pk, String prefix, boolean reverse, int limit, @Nullable String cursor) {
        return call(() -> super.query(table, pk, prefix, reverse, limit, cursor));
    }

    @Override
    public Page scan(Table table, int limit, @Nullable String cursor) {
        return call(() -> super.scan(table, limit, cursor));
    }
}

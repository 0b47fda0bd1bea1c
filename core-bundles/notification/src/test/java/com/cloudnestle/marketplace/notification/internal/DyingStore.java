package com.cloudnestle.marketplace.notification.internal;

import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.StoreException;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.TransactResult;
import com.cloudnestle.marketplace.store.Write;
import com.cloudnestle.marketplace.store.WriteResult;
import com.cloudnestle.marketplace.testing.ForwardingStore;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A store whose process dies at one call, before or after that call took effect; no call after it reaches the store. */
final class DyingStore extends ForwardingStore {

    private final boolean after;
    private int callsLeft;
    private boolean dead;

    /** @param callsLeft calls that still succeed */
    DyingStore(Store inner, int callsLeft, boolean after) {
        super(inner);
        this.callsLeft = callsLeft;
        this.after = after;
    }

    boolean died() {
        return dead;
    }

    private <T> T call(Supplier<T> call) {
        if (dead || callsLeft-- > 0) {
            if (dead) {
                throw new StoreException.Unavailable("dead");
            }
            return call.get();
        }
        dead = true;
        if (after) {
            call.get();
        }
        throw new StoreException.OutcomeUnknown("died here", new IllegalStateException());
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
}

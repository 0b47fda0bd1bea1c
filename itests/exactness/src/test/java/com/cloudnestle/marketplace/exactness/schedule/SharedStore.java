package com.cloudnestle.marketplace.exactness.schedule;

import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.TransactResult;
import com.cloudnestle.marketplace.store.Write;
import com.cloudnestle.marketplace.store.WriteResult;
import com.cloudnestle.marketplace.testing.ForwardingStore;
import com.cloudnestle.marketplace.testing.InMemoryStore;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/** The one store all nodes write to; somebody looks at each counter after each change of it. */
final class SharedStore extends ForwardingStore {

    private final Consumer<Item> observer;
    private long writes;

    SharedStore(InstantSource clock, Consumer<Item> observer) {
        super(new InMemoryStore(clock, true));
        this.observer = observer;
    }

    /** Writes and transactions asked for, applied or not. */
    long writes() {
        return writes;
    }

    @Override
    public WriteResult write(Write write) {
        writes++;
        WriteResult result = super.write(write);
        if (result.applied()) {
            look(write);
        }
        return result;
    }

    @Override
    public TransactResult transact(List<Write> all) {
        writes++;
        TransactResult result = super.transact(all);
        if (result.applied()) {
            all.forEach(this::look);
        }
        return result;
    }

    private void look(Write write) {
        if (write.key().table() == Table.USAGE && write.key().pk().startsWith("quota#")) {
            inner.get(write.key()).ifPresent(observer);
        }
    }
}

package com.cloudnestle.marketplace.exactness.schedule;

import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.TransactResult;
import com.cloudnestle.marketplace.store.Write;
import com.cloudnestle.marketplace.store.WriteResult;
import com.cloudnestle.marketplace.testing.ForwardingStore;
import java.util.List;
import java.util.function.Consumer;

/** The one store all nodes write to, as one of them reaches it; somebody looks at each counter and hold after each
 * change of it. */
final class SharedStore extends ForwardingStore {

    private final Store plain;
    private final Consumer<Item> observer;

    /** @param plain the same data, where nothing goes wrong */
    SharedStore(Store reached, Store plain, Consumer<Item> observer) {
        super(reached);
        this.plain = plain;
        this.observer = observer;
    }

    @Override
    public WriteResult write(Write write) {
        try {
            return super.write(write);
        } finally {
            look(write);
        }
    }

    @Override
    public TransactResult transact(List<Write> all) {
        try {
            return super.transact(all);
        } finally {
            all.forEach(this::look);
        }
    }

    /** Also after a failure: it may have been applied. */
    private void look(Write write) {
        String partition = write.key().pk();
        if (write.key().table() == Table.USAGE && (partition.startsWith("quota#") || partition.equals("holds"))) {
            plain.get(write.key()).ifPresent(observer);
        }
    }
}

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
import org.jspecify.annotations.Nullable;

/** Passes everything on, so that a seeded defect only says where it differs. */
class ForwardingStore implements Store {

    final Store sound;

    ForwardingStore(Store sound) {
        this.sound = sound;
    }

    @Override
    public Optional<Item> get(Key key) {
        return sound.get(key);
    }

    @Override
    public WriteResult write(Write write) {
        return sound.write(write);
    }

    @Override
    public TransactResult transact(List<Write> writes) {
        return sound.transact(writes);
    }

    @Override
    public Page query(Table table, String pk, String prefix, boolean reverse, int limit, @Nullable String cursor) {
        return sound.query(table, pk, prefix, reverse, limit, cursor);
    }

    @Override
    public Page index(Table table, String g1, String prefix, int limit, @Nullable String cursor) {
        return sound.index(table, g1, prefix, limit, cursor);
    }
}

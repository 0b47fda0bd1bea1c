package com.cloudnestle.marketplace.store.dynamodb.internal;

import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.StoreException;
import com.cloudnestle.marketplace.store.StoreScan;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.TransactResult;
import com.cloudnestle.marketplace.store.Write;
import com.cloudnestle.marketplace.store.WriteResult;
import com.cloudnestle.marketplace.store.WriteWatcher;
import com.cloudnestle.marketplace.store.WriteWatchers;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The store on DynamoDB, for any number of nodes. Enabled by {@link DynamoDbOpening} once the tables are found good. */
@Component(name = DynamoDbStore.NAME, enabled = false)
public final class DynamoDbStore implements Store, StoreScan {

    static final String NAME = "com.cloudnestle.marketplace.store.dynamodb.store";

    private final Reads reads;
    private final Writes writes;
    private final InstantSource clock;
    private final WriteWatchers watchers = new WriteWatchers();

    @Activate
    public DynamoDbStore(@Reference DynamoDbOpening opening) {
        this(opening.connection(), opening.clock());
    }

    DynamoDbStore(Connection connection, InstantSource clock) {
        reads = connection.reads();
        writes = connection.writes();
        this.clock = clock;
    }

    @Override
    public Optional<Item> get(Key key) {
        return reads.get(key).filter(item -> !item.expiredAt(now()));
    }

    @Override
    public WriteResult write(Write write) {
        if (write instanceof Write.Check) {
            throw new IllegalArgumentException("a check alone writes nothing; use it inside a transaction");
        }
        List<Write> one = List.of(write);
        try {
            WriteResult result = writes.apply(write);
            if (result.applied()) {
                watchers.written(one);
            }
            return result;
        } catch (StoreException.OutcomeUnknown e) {
            watchers.written(one);
            throw e;
        }
    }

    @Override
    public TransactResult transact(List<Write> transaction) {
        if (transaction.isEmpty() || transaction.size() > MAX_TRANSACTION) {
            throw new IllegalArgumentException(
                    "a transaction has 1 to " + MAX_TRANSACTION + " writes, had " + transaction.size());
        }
        Set<Key> keys = new HashSet<>();
        if (!transaction.stream().allMatch(write -> keys.add(write.key()))) {
            throw new IllegalArgumentException("a transaction names each key once");
        }
        List<Write> all = List.copyOf(transaction);
        try {
            TransactResult result = writes.apply(all);
            if (result.applied()) {
                watchers.written(all);
            }
            return result;
        } catch (StoreException.OutcomeUnknown e) {
            watchers.written(all);
            throw e;
        }
    }

    @Override
    public Page query(Table table, String pk, String prefix, boolean reverse, int limit, @Nullable String cursor) {
        return reads.query(table, pk, prefix, reverse, limit, cursor, now());
    }

    @Override
    public Page index(Table table, String g1, String prefix, int limit, @Nullable String cursor) {
        return reads.index(table, g1, prefix, limit, cursor, now());
    }

    @Override
    public Page scan(Table table, int limit, @Nullable String cursor) {
        return reads.scan(table, limit, cursor);
    }

    /** Other nodes write to the same tables. */
    @Override
    public boolean shared() {
        return true;
    }

    @Override
    public Registration watch(Table table, WriteWatcher watcher) {
        return watchers.add(table, watcher);
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}

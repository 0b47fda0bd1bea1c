package com.cloudnestle.marketplace.store.sqlite.internal;

import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.StoreAdmin;
import com.cloudnestle.marketplace.store.StoreException;
import com.cloudnestle.marketplace.store.StoreScan;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.TransactResult;
import com.cloudnestle.marketplace.store.Write;
import com.cloudnestle.marketplace.store.WriteResult;
import com.cloudnestle.marketplace.store.WriteWatcher;
import com.cloudnestle.marketplace.store.WriteWatchers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The store on one SQLite file. Enabled by {@link StoreOpening} once the file is open. */
@Component(name = SqliteStore.NAME, enabled = false)
public final class SqliteStore implements Store, StoreAdmin, StoreScan {

    static final String NAME = "com.cloudnestle.marketplace.store.sqlite.store";

    private final Readers readers;
    private final Writer writer;
    private final Funnel funnel;
    private final Backups backups;
    private final InstantSource clock;
    private final WriteWatchers watchers = new WriteWatchers();

    @Activate
    public SqliteStore(@Reference StoreOpening opening) {
        this(opening.database(), opening.clock());
    }

    SqliteStore(Database database, InstantSource clock) {
        this.clock = clock;
        readers = database.readers();
        writer = database.writer();
        funnel = new Funnel(writer, new Expiry(clock));
        backups = new Backups(database, funnel);
    }

    @Deactivate
    void stop() {
        funnel.stop();
    }

    @Override
    public Optional<Item> get(Key key) {
        long now = clock.instant().getEpochSecond();
        return read(rows -> rows.find(key)).filter(item -> !item.expiredAt(now));
    }

    @Override
    public WriteResult write(Write write) {
        if (write instanceof Write.Check) {
            throw new IllegalArgumentException("a check alone writes nothing; use it inside a transaction");
        }
        Group.Outcome outcome = submit(List.of(write));
        return outcome.applied()
                ? new WriteResult(true, outcome.after().get(0))
                : new WriteResult(false, outcome.failures().get(0).item());
    }

    @Override
    public TransactResult transact(List<Write> writes) {
        if (writes.isEmpty() || writes.size() > MAX_TRANSACTION) {
            throw new IllegalArgumentException(
                    "a transaction has 1 to " + MAX_TRANSACTION + " writes, had " + writes.size());
        }
        Set<Key> keys = new HashSet<>();
        for (Write write : writes) {
            if (!keys.add(write.key())) {
                throw new IllegalArgumentException("a transaction names each key once");
            }
        }
        Group.Outcome outcome = submit(List.copyOf(writes));
        return new TransactResult(outcome.applied(), outcome.failures());
    }

    private Group.Outcome submit(List<Write> writes) {
        try {
            Group.Outcome outcome = funnel.submit(writes);
            if (outcome.applied()) {
                watchers.written(writes);
            }
            return outcome;
        } catch (StoreException.OutcomeUnknown e) {
            watchers.written(writes);
            throw e;
        }
    }

    /** One process owns the file. */
    @Override
    public boolean shared() {
        return false;
    }

    @Override
    public Registration watch(Table table, WriteWatcher watcher) {
        return watchers.add(table, watcher);
    }

    @Override
    public Page query(Table table, String pk, String prefix, boolean reverse, int limit, @Nullable String cursor) {
        Range range = Range.of(table, pk, prefix, cursor, limit);
        long now = clock.instant().getEpochSecond();
        return page(read(rows -> rows.query(range, reverse, now)), limit, item -> item.key().sk());
    }

    @Override
    public Page index(Table table, String g1, String prefix, int limit, @Nullable String cursor) {
        if (!table.indexed()) {
            throw new IllegalArgumentException("table " + table.tableName() + " has no index");
        }
        Range range = Range.of(table, g1, prefix, null, limit);
        IndexCursor after = cursor == null ? null : IndexCursor.parse(cursor);
        long now = clock.instant().getEpochSecond();
        List<Item> found = read(rows -> rows.index(range, after, now));
        return page(found, limit, item -> IndexCursor.of(item).text());
    }

    @Override
    public Page scan(Table table, int limit, @Nullable String cursor) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw new IllegalArgumentException("limit must be 1 to " + MAX_PAGE + ", was " + limit);
        }
        IndexCursor after = cursor == null ? null : IndexCursor.parse(cursor);
        List<Item> found = read(rows -> rows.scan(table, after, limit + 1));
        return page(found, limit, item -> IndexCursor.ofScan(item.key()).text());
    }

    private static Page page(List<Item> found, int limit, Function<Item, String> cursorOf) {
        if (found.size() <= limit) {
            return new Page(found, Optional.empty());
        }
        return new Page(found.subList(0, limit), Optional.of(cursorOf.apply(found.get(limit - 1))));
    }

    private <T> T read(Readers.Read<T> read) {
        writer.checkUsable();
        return readers.read(read);
    }

    @Override
    public BackupReport backup(Path target) throws IOException {
        writer.checkUsable();
        return backups.write(target);
    }

    @Override
    public BackupReport restore(Path source) throws IOException {
        writer.checkUsable();
        try {
            return backups.restore(source);
        } finally {
            watchers.everything();
        }
    }
}

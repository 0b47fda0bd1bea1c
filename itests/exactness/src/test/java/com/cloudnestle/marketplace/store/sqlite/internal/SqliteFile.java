package com.cloudnestle.marketplace.store.sqlite.internal;

import com.cloudnestle.marketplace.store.Store;
import java.nio.file.Path;
import java.time.InstantSource;

/** The store on a SQLite file, opened as the component does it. Lies in the store's package because nobody else may. */
public final class SqliteFile implements AutoCloseable {

    private final StoreOpening opening;
    private final SqliteStore store;

    private SqliteFile(StoreOpening opening) {
        this.opening = opening;
        this.store = new SqliteStore(opening);
    }

    public static SqliteFile open(Path folder, InstantSource clock) {
        return new SqliteFile(new StoreOpening(folder.toString(), new DurableConnections(), clock));
    }

    public Store store() {
        return store;
    }

    @Override
    public void close() {
        store.stop();
        opening.close();
    }
}

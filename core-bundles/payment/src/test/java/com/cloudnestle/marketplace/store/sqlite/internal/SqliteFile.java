package com.cloudnestle.marketplace.store.sqlite.internal;

import java.nio.file.Path;
import java.time.InstantSource;

/** The embedded store on a folder, opened and closed as the container would. In its package, since its doors are not open. */
public record SqliteFile(Database database, SqliteStore store) implements AutoCloseable {

    public static SqliteFile open(Path folder, InstantSource clock) throws Exception {
        Database database = Database.open(new StoreFiles(folder), new DurableConnections(), clock);
        return new SqliteFile(database, new SqliteStore(database, clock));
    }

    @Override
    public void close() {
        store.stop();
        database.close();
    }
}

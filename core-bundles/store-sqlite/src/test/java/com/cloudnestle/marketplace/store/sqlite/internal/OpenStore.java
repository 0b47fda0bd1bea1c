package com.cloudnestle.marketplace.store.sqlite.internal;

import com.cloudnestle.marketplace.testing.ManualClock;
import java.nio.file.Path;
import java.time.Instant;

/** A store of a test, opened and closed as the container would. */
record OpenStore(Database database, SqliteStore store, ManualClock clock) implements AutoCloseable {

    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    static OpenStore in(Path folder) throws StoreRefusedException {
        return in(folder, new DurableConnections());
    }

    static OpenStore in(Path folder, Connections connections) throws StoreRefusedException {
        ManualClock clock = new ManualClock(NOON);
        Database database = Database.open(new StoreFiles(folder), connections, clock);
        return new OpenStore(database, new SqliteStore(database, clock), clock);
    }

    @Override
    public void close() {
        store.stop();
        database.close();
    }
}

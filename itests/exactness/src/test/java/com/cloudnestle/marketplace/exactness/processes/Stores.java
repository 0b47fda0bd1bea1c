package com.cloudnestle.marketplace.exactness.processes;

import com.cloudnestle.marketplace.exactness.schedule.EngineMaker.Engine;
import com.cloudnestle.marketplace.exactness.schedule.EngineMaker.Surroundings;
import com.cloudnestle.marketplace.quota.internal.exactness.RealEngine;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.dynamodb.internal.DynamoDbTables;
import com.cloudnestle.marketplace.store.sqlite.internal.SqliteFile;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;

/** Opens the real stores without a container. */
final class Stores {

    /** @param closing ends it in order */
    record Open(Store store, Runnable closing) implements AutoCloseable {
        @Override
        public void close() {
            closing.run();
        }
    }

    private Stores() {}

    static Open open(Plan plan, InstantSource clock) {
        if (plan.store().equals(Plan.SQLITE)) {
            SqliteFile file = SqliteFile.open(Path.of(plan.place()), clock);
            return new Open(file.store(), file::close);
        }
        DynamoDbTables tables = DynamoDbTables.open(URI.create(plan.place()), clock);
        return new Open(tables.store(), tables::close);
    }

    static void createTables(Plan plan) {
        DynamoDbTables.create(URI.create(plan.place()), () -> RunClock.MIDNIGHT);
    }

    static Engine engine(Surroundings surroundings) {
        return new RealEngine().make(surroundings);
    }

    /** Surefire hides the real class path behind a jar that only names it. */
    static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                .replace("\n", File.pathSeparator);
    }
}

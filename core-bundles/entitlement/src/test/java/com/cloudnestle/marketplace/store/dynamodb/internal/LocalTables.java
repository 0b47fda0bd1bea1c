package com.cloudnestle.marketplace.store.dynamodb.internal;

import com.cloudnestle.marketplace.dynamodb.local.DynamoDbLocal;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Tables on DynamoDB Local. Lies in the store's package because nobody else may open it. */
public final class LocalTables implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Connection connection;

    private LocalTables(Connection connection) {
        this.connection = connection;
    }

    /** @param prefix of the tables' names, so that tests do not meet */
    public static LocalTables create(String prefix) {
        Settings settings = new Settings("us-east-1", DynamoDbLocal.start().endpoint(), true,
                new TableNames(prefix, List.of()), true, 32, PATIENCE, PATIENCE, PATIENCE, Duration.ZERO);
        try {
            return new LocalTables(Opening.open(settings, new ManualClock(Instant.parse("2025-11-23T12:00:00Z"))));
        } catch (StoreRefusedException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    public Store store(InstantSource clock) {
        return new DynamoDbStore(connection, clock);
    }

    /** Deletes every item. */
    public void clear() {
        DynamoDbStore store = new DynamoDbStore(connection, () -> Instant.EPOCH);
        for (Table table : Table.all()) {
            Optional<String> cursor = Optional.empty();
            do {
                Page page = store.scan(table, Store.MAX_PAGE, cursor.orElse(null));
                page.items().forEach(item -> store.delete(item.key(), Condition.NONE));
                cursor = page.cursor();
            } while (cursor.isPresent());
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}

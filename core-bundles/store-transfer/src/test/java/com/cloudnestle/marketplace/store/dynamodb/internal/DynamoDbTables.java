package com.cloudnestle.marketplace.store.dynamodb.internal;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** The store on new tables of an emulator, opened as the container would. In its package, since its doors are not open. */
public record DynamoDbTables(Connection connection, DynamoDbStore store) implements AutoCloseable {

    private static final Duration A_WHILE = Duration.ofMinutes(2);

    /** @param prefix of the names of the tables, which nobody else has */
    public static DynamoDbTables create(URI endpoint, String prefix, InstantSource clock) throws Exception {
        Connection connection = Opening.open(
                new Settings("us-east-1", endpoint, true, new TableNames(prefix, List.of()), true, 32, A_WHILE, A_WHILE, A_WHILE,
                        Duration.ZERO),
                clock);
        return new DynamoDbTables(connection, new DynamoDbStore(connection, clock));
    }

    @Override
    public void close() {
        connection.close();
    }
}

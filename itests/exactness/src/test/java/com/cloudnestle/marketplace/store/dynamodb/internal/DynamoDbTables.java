package com.cloudnestle.marketplace.store.dynamodb.internal;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** The store on DynamoDB Local, opened as the component does it. Lies in the store's package because nobody else may. */
public final class DynamoDbTables implements AutoCloseable {

    /** A lost reply shows by the connection that ends. A shorter time would lose replies that the run does not know of. */
    private static final Duration REQUEST = Duration.ofSeconds(30);
    private static final Duration BUDGET = Duration.ofSeconds(45);
    private static final int ATTEMPTS = 20;

    private final Connection connection;
    private final DynamoDbStore store;

    private DynamoDbTables(Connection connection, InstantSource clock) {
        this.connection = connection;
        this.store = new DynamoDbStore(connection, clock);
    }

    /** Makes all tables; nothing must go wrong yet. */
    public static void create(URI endpoint, InstantSource clock) {
        try (Connection connection = Opening.open(settings(endpoint, true), clock)) {
            // made by opening
        } catch (StoreRefusedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Opens tables that are there, trying again where the network fails. Clocks are not compared: those of a run are made up. */
    public static DynamoDbTables open(URI endpoint, InstantSource clock) {
        for (int attempt = 1; ; attempt++) {
            try {
                return new DynamoDbTables(Opening.open(settings(endpoint, false), clock), clock);
            } catch (StoreRefusedException e) {
                if (attempt == ATTEMPTS) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    private static Settings settings(URI endpoint, boolean create) {
        return new Settings("us-east-1", endpoint, true, new TableNames("", List.of()), create, 32, REQUEST, REQUEST, BUDGET, Duration.ZERO);
    }

    /** Can also be scanned. */
    public DynamoDbStore store() {
        return store;
    }

    @Override
    public void close() {
        connection.close();
    }
}

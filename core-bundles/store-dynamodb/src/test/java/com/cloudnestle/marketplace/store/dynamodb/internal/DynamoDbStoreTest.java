package com.cloudnestle.marketplace.store.dynamodb.internal;

import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.testing.ManualClock;
import com.cloudnestle.marketplace.testing.StoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** The whole contract on DynamoDB Local. */
class DynamoDbStoreTest implements StoreContract {

    private static Connection connection;

    private final ManualClock clock = LocalStore.clock();
    private final DynamoDbStore store = new DynamoDbStore(connection, clock);

    @BeforeAll
    static void connect() {
        connection = LocalStore.connect("contract-");
    }

    @AfterAll
    static void close() {
        connection.close();
    }

    @BeforeEach
    void clear() {
        LocalStore.clear(store);
    }

    @Override
    public Store store() {
        return store;
    }

    @Override
    public ManualClock clock() {
        return clock;
    }
}

package com.cloudnestle.marketplace.store.dynamodb.internal;

import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.WriteWatcher;
import com.cloudnestle.marketplace.testing.ManualClock;
import com.cloudnestle.marketplace.testing.StoreContract;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** The whole contract on DynamoDB Local. */
class DynamoDbStoreTest implements StoreContract {

    private static Connection connection;

    private final ManualClock clock = LocalStore.clock();
    private final DynamoDbStore store = new DynamoDbStore(connection, clock);
    private final Set<Key> touched = ConcurrentHashMap.newKeySet();

    @BeforeAll
    static void connect() {
        connection = LocalStore.connect("contract-");
    }

    @AfterAll
    static void close() {
        connection.close();
    }

    /** Each test leaves the tables as it found them: what was written is told by the store itself. */
    @BeforeEach
    void note() {
        Table.all().forEach(table -> store.watch(table, new WriteWatcher() {
            @Override
            public void written(Key key) {
                touched.add(key);
            }

            @Override
            public void everything() {}
        }));
    }

    @AfterEach
    void clear() {
        Set.copyOf(touched).parallelStream().forEach(key -> store.delete(key, Condition.NONE));
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

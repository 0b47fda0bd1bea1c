package com.cloudnestle.marketplace.entitlement.internal;

import com.cloudnestle.marketplace.quota.internal.CarriedCounts;
import com.cloudnestle.marketplace.store.dynamodb.internal.LocalTables;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** On DynamoDB Local, which limits conditions as DynamoDB does. */
class TakenOverOnDynamoDbTest implements TakenOverCounts {

    private static LocalTables tables;

    @BeforeAll
    static void connect() {
        tables = LocalTables.create("taken-over-");
    }

    @AfterAll
    static void close() {
        tables.close();
    }

    @Override
    public OldWorld world() {
        tables.clear();
        return new OldWorld((InstantSource clock) -> tables.store(clock), CarriedCounts::new);
    }
}

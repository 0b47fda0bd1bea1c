package com.cloudnestle.marketplace.store.dynamodb.internal;

import com.cloudnestle.marketplace.dynamodb.local.DynamoDbLocal;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.StoreScan;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.testing.ManualClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Stores for tests on one emulator. */
final class LocalStore {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private LocalStore() {}

    static Settings settings(URI endpoint, String prefix) {
        return new Settings("us-east-1", endpoint, true, new TableNames(prefix, List.of()), true, 32,
                Duration.ofSeconds(5), PATIENCE, PATIENCE, Duration.ZERO);
    }

    /** Its tables are there. */
    static Connection connect(Settings settings, ManualClock clock) {
        try {
            return Opening.open(settings, clock);
        } catch (StoreRefusedException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    static Connection connect(String prefix) {
        return connect(settings(DynamoDbLocal.start().endpoint(), prefix), clock());
    }

    static ManualClock clock() {
        return new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
    }

    /** Deletes every item. */
    static <S extends Store & StoreScan> void clear(S store) {
        for (Table table : Table.all()) {
            Optional<String> cursor = Optional.empty();
            do {
                Page page = store.scan(table, Store.MAX_PAGE, cursor.orElse(null));
                page.items().stream().map(Item::key).forEach((Key key) -> store.delete(key, Condition.NONE));
                cursor = page.cursor();
            } while (cursor.isPresent());
        }
    }
}

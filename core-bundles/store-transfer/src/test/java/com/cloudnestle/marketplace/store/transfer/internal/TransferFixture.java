package com.cloudnestle.marketplace.store.transfer.internal;

import com.cloudnestle.marketplace.platform.ServerSecrets;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.StoreScan;
import com.cloudnestle.marketplace.store.StoreTransfer.Progress;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.testing.ManualClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Data of every kind, and how to look at all of a store. */
final class TransferFixture {

    static final Progress QUIET = (done, total) -> {};

    final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));

    static Key key(Table table, String pk, String sk) {
        return new Key(table, pk, sk);
    }

    /** Something in every table: all types, keys that are no ASCII, old nested items, an index, an expiry to come. */
    void fill(Store store) {
        long later = Instant.parse("2100-01-01T00:00:00Z").getEpochSecond(); // an emulator deletes by its own clock
        for (Table table : Table.all()) {
            store.put(new Item(key(table, "pk \"\\\n\u20ac\ud83d\ude80", "sk\u0000\u001f\u007f"), Map.of(
                    "text", "line\nbreak \"quoted\" \u20ac \ud83d\ude80", "empty", "", "min", Long.MIN_VALUE,
                    "max", Long.MAX_VALUE, "zero", 0L, "bytes", new byte[] {0, -1, 127, -128}, "none", new byte[0])));
        }
        store.put(new Item(key(Table.ENTITLEMENTS, "user#user@example.com", "solution#faiss"), Map.of(
                "token", "raw", "usage.daily_usage.2025-11-23", 5L, "usage.daily_usage.2025-11-24", 1L, "status", "active")));
        store.put(new Item(key(Table.TOKENS, "token#1", "token"),
                Map.of(Item.G1, "customer#1", Item.G1_SORT, "2026", Item.TTL, later)));
        store.put(new Item(ServerSecrets.FINGERPRINT_KEY, Map.of(ServerSecrets.FINGERPRINT, "0123456789abcdef")));
        for (int i = 0; i < 2_500; i++) {
            store.put(new Item(key(Table.USAGE, "counter#" + i % 7, "day#" + i), Map.of("n", (long) i)));
        }
    }

    /** What must not travel: it has expired, or belongs to a process or to this store. */
    void fillWithWhatStays(Store store) {
        store.put(new Item(key(Table.TOKENS, "token#old", "token"), Map.of(Item.TTL, clock.instant().getEpochSecond())));
        store.put(new Item(key(Table.SYSTEM, "nodes", "node_1"), Map.of("address", "http://127.0.0.1:1")));
        store.put(new Item(key(Table.SYSTEM, "LOCK#schema", "lock"), Map.of("owner", "node_1")));
        store.put(new Item(key(Table.SYSTEM, "MIG", "legacy-entitlements"), Map.of("status", "done")));
        store.put(new Item(key(Table.SYSTEM, "SYS", "EPOCH"), Map.of("epoch", 7L)));
        store.put(new Item(key(Table.SYSTEM, "SYS", "SCHEMA"), Map.of("v", 1L)));
    }

    static List<Item> all(StoreScan store, Table table) {
        List<Item> items = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page page = store.scan(table, 1000, cursor.orElse(null));
            items.addAll(page.items());
            cursor = page.cursor();
        } while (cursor.isPresent());
        return items;
    }

    static List<Item> all(StoreScan store) {
        return Table.all().stream().flatMap(table -> all(store, table).stream()).toList();
    }
}

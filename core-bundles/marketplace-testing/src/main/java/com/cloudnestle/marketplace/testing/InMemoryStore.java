package com.cloudnestle.marketplace.testing;

import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.StoreScan;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.TransactResult;
import com.cloudnestle.marketplace.store.Write;
import com.cloudnestle.marketplace.store.WriteResult;
import com.cloudnestle.marketplace.store.WriteWatcher;
import com.cloudnestle.marketplace.store.WriteWatchers;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Store} for tests that keeps the whole contract except durability. Expired items are never reclaimed, so a
 * caller that relies on an expired item being gone for conditions fails here, as it should.
 */
public final class InMemoryStore implements Store, StoreScan {

    /** The order of UTF-8 bytes, which is not the order of {@link String#compareTo}. */
    private static final Comparator<String> BYTEWISE =
            (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    private static final Comparator<Key> KEY_ORDER =
            Comparator.comparing(Key::table).thenComparing(Key::pk, BYTEWISE).thenComparing(Key::sk, BYTEWISE);

    private static final Comparator<Item> INDEX_ORDER = Comparator.<Item, String>comparing(
                    item -> item.string(Item.G1_SORT).orElseThrow(), BYTEWISE)
            .thenComparing(Item::key, KEY_ORDER);

    private final NavigableMap<Key, Item> items = new TreeMap<>(KEY_ORDER);
    private final WriteWatchers watchers = new WriteWatchers();
    private final InstantSource clock;
    private final boolean shared;

    /** A store of one process. */
    public InMemoryStore(InstantSource clock) {
        this(clock, false);
    }

    /** @param shared what {@link #shared()} answers: true for tests with several nodes over this one object */
    public InMemoryStore(InstantSource clock, boolean shared) {
        this.clock = clock;
        this.shared = shared;
    }

    @Override
    public boolean shared() {
        return shared;
    }

    @Override
    public Registration watch(Table table, WriteWatcher watcher) {
        return watchers.add(table, watcher);
    }

    @Override
    public synchronized Optional<Item> get(Key key) {
        return Optional.ofNullable(items.get(key)).filter(visible()).map(InMemoryStore::copy);
    }

    @Override
    public synchronized WriteResult write(Write write) {
        if (write instanceof Write.Check) {
            throw new IllegalArgumentException("a check alone writes nothing; use it inside a transaction");
        }
        Optional<Item> before = Optional.ofNullable(items.get(write.key()));
        if (!InMemoryRules.holds(write.condition(), before)) {
            return new WriteResult(false, before.map(InMemoryStore::copy));
        }
        Optional<Item> after = InMemoryRules.after(write, before);
        apply(write.key(), after);
        watchers.written(write.key());
        return new WriteResult(true, after.map(InMemoryStore::copy));
    }

    @Override
    public synchronized TransactResult transact(List<Write> writes) {
        checkTransaction(writes);
        List<TransactResult.Failure> failures = new ArrayList<>();
        for (int i = 0; i < writes.size(); i++) {
            Optional<Item> before = Optional.ofNullable(items.get(writes.get(i).key()));
            if (!InMemoryRules.holds(writes.get(i).condition(), before)) {
                failures.add(new TransactResult.Failure(i, before.map(InMemoryStore::copy)));
            }
        }
        if (!failures.isEmpty()) {
            return new TransactResult(false, failures);
        }
        // All new states are worked out before the first is applied: a bad write must leave nothing behind.
        Map<Key, Optional<Item>> after = new LinkedHashMap<>();
        for (Write write : writes) {
            after.put(write.key(), InMemoryRules.after(write, Optional.ofNullable(items.get(write.key()))));
        }
        after.forEach(this::apply);
        watchers.written(writes);
        return new TransactResult(true, List.of());
    }

    @Override
    public synchronized Page query(
            Table table, String pk, String prefix, boolean reverse, int limit, @Nullable String cursor) {
        checkQuery(table, pk, prefix, limit);
        if (cursor != null && !cursor.startsWith(prefix)) {
            throw new IllegalArgumentException("the cursor does not belong to this query");
        }
        Comparator<String> order = reverse ? BYTEWISE.reversed() : BYTEWISE;
        Stream<Item> found = items.values().stream()
                .filter(item -> item.key().table() == table)
                .filter(item -> item.key().pk().equals(pk) && item.key().sk().startsWith(prefix))
                .filter(item -> cursor == null || order.compare(item.key().sk(), cursor) > 0)
                .sorted(Comparator.comparing(item -> item.key().sk(), order));
        return page(found, limit, item -> item.key().sk());
    }

    @Override
    public synchronized Page index(Table table, String g1, String prefix, int limit, @Nullable String cursor) {
        if (!table.indexed()) {
            throw new IllegalArgumentException("table " + table.tableName() + " has no index");
        }
        checkQuery(table, g1, prefix, limit);
        Item last = cursor == null ? null : indexPlace(table, cursor);
        Stream<Item> found = items.values().stream()
                .filter(item -> item.key().table() == table)
                .filter(item -> item.string(Item.G1).filter(g1::equals).isPresent())
                .filter(item -> item.string(Item.G1_SORT).filter(sort -> sort.startsWith(prefix)).isPresent())
                .filter(item -> last == null || INDEX_ORDER.compare(item, last) > 0)
                .sorted(INDEX_ORDER);
        return page(found, limit, InMemoryStore::indexCursor);
    }

    @Override
    public synchronized Page scan(Table table, int limit, @Nullable String cursor) {
        checkQuery(table, "any", "", limit);
        Item last = cursor == null ? null : indexPlace(table, cursor);
        List<Item> found = items.values().stream()
                .filter(item -> item.key().table() == table)
                .filter(item -> last == null || KEY_ORDER.compare(item.key(), last.key()) > 0)
                .limit(limit)
                .map(InMemoryStore::copy)
                .toList();
        return new Page(found, found.size() < limit
                ? Optional.empty()
                : Optional.of(cursor("scan", found.get(limit - 1).key())));
    }

    private Page page(Stream<Item> found, int limit, Function<Item, String> cursorOf) {
        List<Item> items = found.filter(visible()).limit(limit + 1L).map(InMemoryStore::copy).toList();
        if (items.size() <= limit) {
            return new Page(items, Optional.empty());
        }
        List<Item> page = items.subList(0, limit);
        return new Page(page, Optional.of(cursorOf.apply(page.get(limit - 1))));
    }

    private static String indexCursor(Item item) {
        return cursor(item.string(Item.G1_SORT).orElseThrow(), item.key());
    }

    private static String cursor(String sort, Key key) {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        return Stream.of(sort, key.pk(), key.sk())
                .map(part -> encoder.encodeToString(part.getBytes(StandardCharsets.UTF_8)))
                .reduce((left, right) -> left + "." + right)
                .orElseThrow();
    }

    /** An item that stands where the cursor points, to compare others with. */
    private static Item indexPlace(Table table, String cursor) {
        String[] parts = cursor.split("\\.", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("the cursor is not one of this store");
        }
        for (int i = 0; i < parts.length; i++) {
            parts[i] = new String(Base64.getUrlDecoder().decode(parts[i]), StandardCharsets.UTF_8);
        }
        return new Item(new Key(table, parts[1], parts[2]), Map.of(Item.G1, "any", Item.G1_SORT, parts[0]));
    }

    private Predicate<Item> visible() {
        long now = clock.instant().getEpochSecond();
        return item -> !item.expiredAt(now);
    }

    private void apply(Key key, Optional<Item> after) {
        after.ifPresentOrElse(item -> items.put(key, item), () -> items.remove(key));
    }

    /** What is handed out shares no array with what is kept. */
    private static Item copy(Item item) {
        return new Item(item.key(), item.attributes());
    }

    private static void checkTransaction(List<Write> writes) {
        if (writes.isEmpty() || writes.size() > MAX_TRANSACTION) {
            throw new IllegalArgumentException(
                    "a transaction has 1 to " + MAX_TRANSACTION + " writes, was " + writes.size());
        }
        Set<Key> keys = new HashSet<>();
        for (Write write : writes) {
            if (!keys.add(write.key())) {
                throw new IllegalArgumentException("a transaction may name each key once");
            }
        }
    }

    private static void checkQuery(Table table, String partition, String prefix, int limit) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw new IllegalArgumentException("limit must be 1 to " + MAX_PAGE + ", was " + limit);
        }
        new Key(table, partition, prefix.isEmpty() ? "any" : prefix);
    }
}

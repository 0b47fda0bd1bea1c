package com.cloudnestle.marketplace.identity.internal;

import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.WriteWatcher;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * What items of one table say, kept in memory, also that there is no item. What this process writes is dropped before the
 * writing call returns; what another process writes is seen after {@link #AGE}. Bounded: when full, any may go. Thread-safe.
 *
 * @param <V> what an item says
 */
public final class RecentItems<V> implements AutoCloseable {

    /** How old an answer may be where other processes write to the same store. */
    public static final Duration AGE = Duration.ofSeconds(2);

    private static final int STRIPES = 256;

    private record Entry<V>(Optional<V> value, long began) {}

    private final ConcurrentHashMap<Key, Entry<V>> entries = new ConcurrentHashMap<>();
    /** Grows with every write to a key of the stripe; a read during which it grew is not kept. */
    private final AtomicLongArray writes = new AtomicLongArray(STRIPES);
    private final Store store;
    private final int maxEntries;
    private final LongSupplier nanos;
    private final Function<Item, V> parse;
    private final boolean ageing;
    private final Store.Registration watching;

    /** @param nanos a clock for ages, as {@link System#nanoTime()} */
    public RecentItems(Store store, Table table, int maxEntries, LongSupplier nanos, Function<Item, V> parse) {
        this.store = store;
        this.maxEntries = maxEntries;
        this.nanos = nanos;
        this.parse = parse;
        ageing = store.shared();
        watching = store.watch(table, new WriteWatcher() {
            @Override
            public void written(Key key) {
                writes.incrementAndGet(stripe(key));
                entries.remove(key);
            }

            @Override
            public void everything() {
                for (int i = 0; i < STRIPES; i++) {
                    writes.incrementAndGet(i);
                }
                entries.clear();
            }
        });
    }

    /** What the item at this key says. Expiry is the caller's matter: an item may be answered after it expired. */
    public Optional<V> get(Key key) {
        Entry<V> entry = entries.get(key);
        if (entry != null && (!ageing || nanos.getAsLong() - entry.began < AGE.toNanos())) {
            return entry.value;
        }
        return fill(key);
    }

    public long size() {
        return entries.mappingCount();
    }

    @Override
    public void close() {
        watching.close();
        entries.clear();
    }

    private Optional<V> fill(Key key) {
        int stripe = stripe(key);
        long seen = writes.get(stripe);
        long began = nanos.getAsLong();
        Optional<V> value = store.get(key).map(parse);
        // Written meanwhile: what was read may be older than what is there.
        entries.compute(key, (same, old) -> writes.get(stripe) == seen ? new Entry<>(value, began) : old);
        if (entries.mappingCount() > maxEntries) {
            sweep();
        }
        return value;
    }

    private void sweep() {
        Iterator<Key> keys = entries.keySet().iterator();
        for (long surplus = entries.mappingCount() - maxEntries * 9L / 10; surplus > 0 && keys.hasNext(); surplus--) {
            keys.next();
            keys.remove();
        }
    }

    private static int stripe(Key key) {
        int hash = key.hashCode();
        return (hash ^ hash >>> 16) & STRIPES - 1;
    }
}

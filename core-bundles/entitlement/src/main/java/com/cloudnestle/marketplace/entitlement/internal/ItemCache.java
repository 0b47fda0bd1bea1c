package com.cloudnestle.marketplace.entitlement.internal;

import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.WriteWatcher;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What items of one table say, kept in memory, also that there is no item. What is written through this process's store is
 * dropped before the writing call returns. What another process writes is seen once the entry has reached its age, counted from
 * the moment its read began. An item that was written but says the same keeps its value, the same object. Thread-safe.
 *
 * <p>Bounded by a second chance: the hand goes round the entries and drops those that were not asked for since it last came
 * by. Keys without an item begin without that chance, so made-up keys do not push out what is in use.
 *
 * @param <K> names an item, smaller than its key
 * @param <V> what its item says; compared by {@code equals}
 */
final class ItemCache<K, V> implements AutoCloseable {

    private static final int STRIPES = 1024;

    /** Read at {@code began}; used is a hint, so a lost write of it does no harm. */
    private static final class Entry<V> {
        private final Optional<V> value;
        private final long began;
        private final boolean dropped;
        private boolean used;

        private Entry(Optional<V> value, long began, boolean dropped) {
            this.value = value;
            this.began = began;
            this.dropped = dropped;
            this.used = value.isPresent();
        }
    }

    private final ConcurrentHashMap<K, Entry<V>> entries = new ConcurrentHashMap<>();
    /** Grows with every write to a key of the stripe; a read during which it grew is not kept. */
    private final AtomicLongArray writes = new AtomicLongArray(STRIPES);
    private final ReentrantLock sweeping = new ReentrantLock();
    private Iterator<Map.Entry<K, Entry<V>>> hand = entries.entrySet().iterator();

    private final CacheSettings settings;
    private final boolean ageing;
    private final Function<K, Optional<V>> read;
    private final Store.Registration watching;

    /**
     * @param name the name of the item at a key of the table
     * @param read reads the item from the store, now; may take its time and may write
     */
    ItemCache(CacheSettings settings, Table table, Function<Key, K> name, Function<K, Optional<V>> read) {
        this.settings = settings;
        this.ageing = settings.store().shared();
        this.read = read;
        this.watching = settings.store().watch(table, new WriteWatcher() {
            @Override
            public void written(Key key) {
                drop(name.apply(key));
            }

            @Override
            public void everything() {
                dropAll();
            }
        });
    }

    Optional<V> get(K name) {
        Entry<V> entry = entries.get(name);
        if (entry != null && fresh(entry)) {
            if (!entry.used) {
                entry.used = true;
            }
            return entry.value;
        }
        return fill(name);
    }

    /** Entries kept, of either kind. */
    long size() {
        return entries.mappingCount();
    }

    @Override
    public void close() {
        watching.close();
        dropAll();
    }

    private boolean fresh(Entry<V> entry) {
        return !entry.dropped
                && (!ageing || settings.nanos().getAsLong() - entry.began < settings.age().toNanos());
    }

    private Optional<V> fill(K name) {
        if (settings.age().isZero()) {
            return read.apply(name);
        }
        int stripe = stripe(name);
        long seen = writes.get(stripe);
        long began = settings.nanos().getAsLong();
        Optional<V> value = read.apply(name);
        Entry<V> kept = entries.compute(name, (key, old) -> {
            if (writes.get(stripe) != seen) {
                return old; // written meanwhile: what was read may be older than what is there
            }
            return merged(old, value, began);
        });
        if (kept != null && entries.mappingCount() > settings.maxEntries()) {
            sweep();
        }
        return kept != null && fresh(kept) ? kept.value : value;
    }

    private Entry<V> merged(@Nullable Entry<V> old, Optional<V> value, long began) {
        if (old != null && fresh(old) && old.began - began >= 0) {
            return old; // somebody else read it later and was faster
        }
        return new Entry<>(old != null && old.value.equals(value) ? old.value : value, began, false);
    }

    /** Keeps the value, unused, so that reading the same again gives the same object. */
    private void drop(K name) {
        writes.incrementAndGet(stripe(name));
        entries.computeIfPresent(name, (key, old) ->
                old.value.isPresent() ? new Entry<>(old.value, old.began, true) : null);
    }

    private void dropAll() {
        for (int i = 0; i < STRIPES; i++) {
            writes.incrementAndGet(i);
        }
        entries.clear();
    }

    private void sweep() {
        if (!sweeping.tryLock()) {
            return; // whoever holds it goes on until there is room
        }
        try {
            while (entries.mappingCount() > settings.maxEntries()) {
                if (!hand.hasNext()) {
                    hand = entries.entrySet().iterator();
                }
                Map.Entry<K, Entry<V>> next = hand.next();
                if (next.getValue().used) {
                    next.getValue().used = false;
                } else {
                    entries.remove(next.getKey(), next.getValue());
                }
            }
        } finally {
            sweeping.unlock();
        }
    }

    private static int stripe(Object name) {
        int hash = name.hashCode();
        return (hash ^ hash >>> 16) & STRIPES - 1;
    }
}

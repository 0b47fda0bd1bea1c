package com.cloudnestle.marketplace.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.identity.internal.People.CountingStore;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.WriteWatcher;
import com.cloudnestle.marketplace.testing.ForwardingStore;
import com.cloudnestle.marketplace.testing.InMemoryStore;
import com.cloudnestle.marketplace.testing.ManualClock;
import com.cloudnestle.marketplace.testing.Together;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentItemsTest {

    private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final AtomicLong nanos = new AtomicLong();
    private final CountingStore store = new CountingStore(new InMemoryStore(clock));
    private final RecentItems<String> recent = on(store, 100);

    @Test
    void readsOnceUntilItIsWritten() {
        write(store, "a", "one");
        assertThat(recent.get(key("a"))).contains("one");
        assertThat(recent.get(key("a"))).contains("one");
        assertThat(recent.get(key("none"))).isEmpty();
        assertThat(recent.get(key("none"))).isEmpty();
        assertThat(store.reads).hasValue(2);

        write(store, "a", "two");
        assertThat(recent.get(key("a"))).contains("two");
        store.delete(key("a"), Condition.NONE);
        assertThat(recent.get(key("a"))).isEmpty();
        write(store, "none", "some");
        assertThat(recent.get(key("none"))).contains("some");
    }

    @Test
    void seesWhatAnotherNodeWroteAfterItsAge() {
        InMemoryStore shared = new InMemoryStore(clock, true);
        // This node is not told of the other's writes.
        Store here = new ForwardingStore(shared) {
            @Override
            public Registration watch(Table table, WriteWatcher watcher) {
                return () -> {};
            }
        };
        RecentItems<String> node = on(here, 100);
        write(shared, "a", "one");
        node.get(key("a"));
        write(shared, "a", "two");

        nanos.set(RecentItems.AGE.toNanos() - 1);
        assertThat(node.get(key("a"))).contains("one");
        nanos.set(RecentItems.AGE.toNanos());
        assertThat(node.get(key("a"))).contains("two");
    }

    @Test
    void doesNotKeepWhatWasOverwrittenWhileItWasRead() {
        AtomicInteger gets = new AtomicInteger();
        Store slow = new ForwardingStore(store) {
            @Override
            public Optional<Item> get(Key key) {
                Optional<Item> found = super.get(key);
                if (gets.incrementAndGet() == 1) {
                    RecentItemsTest.write(store, "a", "two");
                }
                return found;
            }
        };
        RecentItems<String> reading = on(slow, 100);
        write(store, "a", "one");

        reading.get(key("a")); // may be either: the write ran beside it

        assertThat(reading.get(key("a"))).contains("two");
    }

    @Test
    void staysWithinItsBound() {
        for (int i = 0; i < 1_000; i++) {
            recent.get(key("k" + i));
            assertThat(recent.size()).isLessThanOrEqualTo(100);
        }
    }

    /** A writer counts up; what is read after a write was acknowledged must not be older. */
    @Test
    void neverAnswersWithLessThanWasAcknowledged() {
        AtomicLong acknowledged = new AtomicLong();
        AtomicInteger stale = new AtomicInteger();
        AtomicInteger turn = new AtomicInteger();
        write(store, "n", "0");
        Together.run(4, () -> {
            boolean writer = turn.getAndIncrement() == 0;
            for (int i = 1; i <= 5_000; i++) {
                if (writer) {
                    write(store, "n", Integer.toString(i));
                    acknowledged.set(i);
                } else {
                    long least = acknowledged.get();
                    if (Long.parseLong(recent.get(key("n")).orElseThrow()) < least) {
                        stale.incrementAndGet();
                    }
                }
            }
            return writer;
        });
        assertThat(stale).hasValue(0);
    }

    private RecentItems<String> on(Store from, int max) {
        return new RecentItems<>(from, Table.USERS, max, nanos::get, item -> item.string("v").orElseThrow());
    }

    private static void write(Store store, String name, String value) {
        store.put(new Item(key(name), Map.of("v", value)));
    }

    private static Key key(String name) {
        return new Key(Table.USERS, name, "x");
    }
}

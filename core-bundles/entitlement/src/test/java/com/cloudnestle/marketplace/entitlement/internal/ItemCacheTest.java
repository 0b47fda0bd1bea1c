package com.cloudnestle.marketplace.entitlement.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Write;
import com.cloudnestle.marketplace.testing.InMemoryStore;
import com.cloudnestle.marketplace.testing.ManualClock;
import com.cloudnestle.marketplace.testing.Together;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ItemCacheTest {

    private static final Duration AGE = Duration.ofSeconds(2);
    private static final Duration TICK = Duration.ofMillis(1);

    private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final CountingStore store = new CountingStore(new InMemoryStore(clock));
    private final ItemCache<String, String> cache = on(Caches.of(store, clock, AGE));

    @Test
    void readsOnceAndAnswersWithTheSameObject() {
        write("a", "one");

        String first = cache.get("a").orElseThrow();
        clock.advance(Duration.ofDays(1));

        assertThat(cache.get("a").orElseThrow()).isEqualTo("one").isSameAs(first);
        assertThat(store.reads).hasValue(1);
    }

    @Test
    void seesAWriteADeletionAndATransactionAtOnce() {
        write("a", "one");
        assertThat(cache.get("a")).contains("one");

        write("a", "two");
        assertThat(cache.get("a")).contains("two");

        store.delete(key("a"), Condition.NONE);
        assertThat(cache.get("a")).isEmpty();

        store.transact(List.of(new Write.Put(item("a", "three"), Condition.NONE)));
        assertThat(cache.get("a")).contains("three");
    }

    @Test
    void keepsTheObjectWhenWhatWasWrittenSaysTheSame() {
        write("a", "one");
        String first = cache.get("a").orElseThrow();

        write("a", "one");

        assertThat(cache.get("a").orElseThrow()).isSameAs(first);
        assertThat(store.reads).hasValue(2);
    }

    @Test
    void remembersThatThereIsNothingUntilThereIs() {
        assertThat(cache.get("a")).isEmpty();
        assertThat(cache.get("a")).isEmpty();
        assertThat(store.reads).hasValue(1);

        write("a", "one");

        assertThat(cache.get("a")).contains("one");
    }

    @Test
    void doesNotKeepWhatWasOverwrittenWhileItWasRead() {
        write("a", "one");
        store.duringNextGet(() -> write("a", "two"));

        cache.get("a"); // may be either: the write ran beside it

        assertThat(cache.get("a")).contains("two");
    }

    @Test
    void doesNotKeepAnAbsenceThatEndedWhileItWasRead() {
        store.duringNextGet(() -> write("a", "one"));

        cache.get("a");

        assertThat(cache.get("a")).contains("one");
    }

    @Test
    void doesNotBringBackWhatWasDroppedWhileItWasReadAgain() {
        write("a", "one");
        cache.get("a");
        write("a", "two");
        store.duringNextGet(() -> write("a", "three"));

        cache.get("a");

        assertThat(cache.get("a")).contains("three");
    }

    @Test
    void readsAnewEachTimeWhenItMayKeepNothing() {
        CacheSettings settings = Caches.of(store, clock, Duration.ZERO);
        write("a", "one");
        ItemCache<String, String> never = on(settings);

        never.get("a");
        never.get("a");

        assertThat(store.reads).hasValue(2);
        assertThat(never.size()).isZero();
    }

    @Test
    void ofASharedStoreUsesWhatItReadForItsAgeAndNoLonger() {
        InMemoryStore shared = new InMemoryStore(clock, true);
        ItemCache<String, String> here = on(Caches.of(new NodeStore(shared), clock, AGE));
        shared.put(item("a", "one"));
        String first = here.get("a").orElseThrow();
        shared.put(item("a", "two"));

        clock.advance(AGE.minus(TICK));
        assertThat(here.get("a").orElseThrow()).isSameAs(first);

        clock.advance(TICK);
        assertThat(here.get("a")).contains("two");
    }

    @Test
    void countsTheAgeFromTheBeginningOfTheRead() {
        InMemoryStore shared = new InMemoryStore(clock, true);
        CountingStore slow = new CountingStore(new NodeStore(shared));
        ItemCache<String, String> here = on(Caches.of(slow, clock, AGE));
        shared.put(item("a", "one"));
        slow.duringNextGet(() -> {
            shared.put(item("a", "two"));
            clock.advance(AGE.minus(TICK));
        });
        here.get("a");

        clock.advance(TICK);

        assertThat(here.get("a")).contains("two");
    }

    @Test
    void keepsTheObjectWhenReadingAgainSaysTheSame() {
        InMemoryStore shared = new InMemoryStore(clock, true);
        ItemCache<String, String> here = on(Caches.of(shared, clock, AGE));
        shared.put(item("a", "one"));
        String first = here.get("a").orElseThrow();

        clock.advance(AGE.multipliedBy(5));

        assertThat(here.get("a").orElseThrow()).isSameAs(first);
    }

    @Test
    void staysWithinItsBoundAndKeepsWhatIsInUse() {
        ItemCache<String, String> small = on(new CacheSettings(store, AGE, 100, () -> 0));
        for (int i = 0; i < 50; i++) {
            write("used" + i, "x");
        }
        for (int round = 0; round < 40; round++) {
            for (int i = 0; i < 50; i++) {
                small.get("used" + i);
            }
            for (int i = 0; i < 50; i++) {
                small.get("junk" + round + "-" + i);
            }
            assertThat(small.size()).isLessThanOrEqualTo(100);
        }
        int before = store.reads.get();
        for (int i = 0; i < 50; i++) {
            small.get("used" + i);
        }
        assertThat(store.reads.get() - before).isLessThanOrEqualTo(5);
    }

    @Test
    void forgetsEverythingWhenTheDataWasReplacedOrItIsClosed() {
        write("a", "one");
        cache.get("a");

        cache.close();

        assertThat(cache.size()).isZero();
    }

    /** A writer counts up; after each of its writes what it reads must not be older, whatever readers do meanwhile. */
    @Test
    void neverAnswersWithLessThanWasAcknowledged() {
        AtomicLong acknowledged = new AtomicLong();
        AtomicInteger stale = new AtomicInteger();
        AtomicInteger turn = new AtomicInteger();
        write("n", "0");
        Together.run(8, () -> {
            boolean writer = turn.getAndIncrement() == 0;
            for (int i = 1; i <= 20_000; i++) {
                if (writer) {
                    write("n", Integer.toString(i));
                    acknowledged.set(i);
                } else {
                    long least = acknowledged.get();
                    if (Long.parseLong(cache.get("n").orElseThrow()) < least) {
                        stale.incrementAndGet();
                    }
                }
            }
            return writer;
        });
        assertThat(stale).hasValue(0);
    }

    private static ItemCache<String, String> on(CacheSettings settings) {
        Store from = settings.store();
        return new ItemCache<>(settings, Table.USERS, Key::pk, name -> from.get(key(name)).map(ItemCacheTest::value));
    }

    /** A new object each time, as parsing gives. */
    @SuppressWarnings("StringOperationCanBeSimplified")
    private static String value(Item item) {
        return new String(item.string("v").orElseThrow());
    }

    private void write(String name, String value) {
        store.put(item(name, value));
    }

    private static Item item(String name, String value) {
        return new Item(key(name), Map.of("v", value));
    }

    private static Key key(String name) {
        return new Key(Table.USERS, name, "x");
    }
}

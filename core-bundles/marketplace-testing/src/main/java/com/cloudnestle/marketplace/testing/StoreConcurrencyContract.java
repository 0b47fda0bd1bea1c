package com.cloudnestle.marketplace.testing;

import static com.cloudnestle.marketplace.testing.StoreFixture.add;
import static com.cloudnestle.marketplace.testing.StoreFixture.item;
import static com.cloudnestle.marketplace.testing.StoreFixture.key;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Write;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What holds when many threads write at once. */
public interface StoreConcurrencyContract extends StoreFixture {

    int THREADS = 8;

    @Test
    default void countsExactlyUnderContention() {
        Together.run(THREADS, () -> {
            for (int i = 0; i < 100; i++) {
                assertThat(store().update(key("a"), add("v", 1), Condition.NONE).applied()).isTrue();
            }
            return null;
        });

        assertThat(store().get(key("a"))).contains(item("a", Map.of("v", THREADS * 100L)));
    }

    @Test
    default void neverGrantsMoreThanIsLeft() {
        store().put(item("a", Map.of("left", 100L)));
        AtomicLong granted = new AtomicLong();

        Together.run(THREADS, () -> {
            for (int i = 0; i < 50; i++) {
                if (store().update(key("a"), add("left", -3), Condition.atLeast("left", 3)).applied()) {
                    granted.addAndGet(3);
                }
            }
            return null;
        });

        assertThat(granted).hasValue(99);
        assertThat(store().get(key("a"))).contains(item("a", Map.of("left", 1L)));
    }

    @Test
    default void letsOneOfManyCreateAnItem() {
        AtomicLong created = new AtomicLong();

        Together.run(THREADS, () -> {
            for (int i = 0; i < 20; i++) {
                if (store().put(item("k" + i, Map.of()), Condition.itemAbsent()).applied()) {
                    created.incrementAndGet();
                }
            }
            return null;
        });

        assertThat(created).hasValue(20);
    }

    @Test
    default void movesBetweenItemsWithoutLosingAnything() {
        store().put(item("a", Map.of("v", 1000L)));
        store().put(item("b", Map.of("v", 0L)));

        Together.run(THREADS, () -> {
            for (int i = 0; i < 50; i++) {
                store().transact(List.of(
                        new Write.Change(key("a"), add("v", -3), Condition.atLeast("v", 3)),
                        new Write.Change(key("b"), add("v", 3), Condition.NONE)));
            }
            return null;
        });

        long a = store().get(key("a")).map(item -> item.number("v", -1)).orElseThrow();
        long b = store().get(key("b")).map(item -> item.number("v", -1)).orElseThrow();
        assertThat(a).isEqualTo(1);
        assertThat(b).isEqualTo(999);
    }

    @Test
    default void answersEachWriterWithTheStateAfterItsOwnWrite() {
        AtomicLong sum = new AtomicLong();

        Together.run(THREADS, () -> {
            for (int i = 0; i < 50; i++) {
                Item after = store().update(key("a"), add("v", 1), Condition.NONE).item().orElseThrow();
                sum.addAndGet(after.number("v", 0));
            }
            return null;
        });

        // Every value from 1 to n was handed out once, so the sum is that of 1 to n.
        long n = THREADS * 50L;
        assertThat(sum).hasValue(n * (n + 1) / 2);
    }
}

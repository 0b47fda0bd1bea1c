package com.cloudnestle.marketplace.testing;

import static com.cloudnestle.marketplace.testing.StoreFixture.add;
import static com.cloudnestle.marketplace.testing.StoreFixture.item;
import static com.cloudnestle.marketplace.testing.StoreFixture.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Write;
import com.cloudnestle.marketplace.store.WriteWatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Watchers learn of what was written. Part of {@link StoreContract}. */
interface StoreWatchContract extends StoreFixture {

    /** Remembers the keys it was told. */
    final class Told implements WriteWatcher {
        final List<Key> keys = new ArrayList<>();

        @Override
        public void written(Key key) {
            keys.add(key);
        }

        @Override
        public void everything() {
            throw new AssertionError("no contract test replaces all data");
        }
    }

    @Test
    default void aWatcherIsToldOfEachKindOfWriteBeforeTheCallReturns() {
        Told told = new Told();
        store().watch(Table.USAGE, told);
        store().put(item("put", Map.of("n", 1L)));
        store().update(key("changed"), add("n", 1), Condition.NONE);
        store().delete(key("put"), Condition.NONE);
        assertThat(told.keys).containsExactly(key("put"), key("changed"), key("put"));
    }

    @Test
    default void aWatcherIsToldOfTheWritesOfATransactionButNotOfItsChecks() {
        Told told = new Told();
        store().watch(Table.USAGE, told);
        store().transact(List.of(
                new Write.Put(item("a", Map.of("n", 1L)), Condition.NONE),
                new Write.Check(key("b"), Condition.itemAbsent()),
                new Write.Change(key("c"), add("n", 1), Condition.NONE)));
        assertThat(told.keys).containsExactlyInAnyOrder(key("a"), key("c"));
    }

    @Test
    default void aWatcherIsNotToldOfARefusedWrite() {
        Told told = new Told();
        store().watch(Table.USAGE, told);
        store().put(item("a", Map.of("n", 1L)), Condition.itemExists());
        store().transact(List.of(
                new Write.Put(item("a", Map.of("n", 1L)), Condition.NONE),
                new Write.Put(item("b", Map.of("n", 1L)), Condition.itemExists())));
        assertThat(told.keys).isEmpty();
    }

    @Test
    default void aWatcherIsToldOfItsOwnTableOnlyAndUntilItIsClosed() {
        Told told = new Told();
        Store.Registration registration = store().watch(Table.SYSTEM, told);
        store().put(item("a", Map.of("n", 1L)));
        assertThat(told.keys).isEmpty();
        Key system = new Key(Table.SYSTEM, "contract", "watched");
        store().update(system, add("n", 1), Condition.NONE);
        registration.close();
        registration.close();
        store().update(system, add("n", 1), Condition.NONE);
        assertThat(told.keys).containsExactly(system);
    }

    @Test
    default void twoWatchersAreBothTold() {
        Told first = new Told();
        Told second = new Told();
        store().watch(Table.USAGE, first).close();
        store().watch(Table.USAGE, second);
        store().watch(Table.USAGE, second);
        store().put(item("a", Map.of("n", 1L)));
        assertThat(first.keys).isEmpty();
        assertThat(second.keys).containsExactly(key("a"), key("a"));
    }

    @Test
    default void aWatcherSeesTheWriteItIsToldOf() {
        List<Long> seen = new ArrayList<>();
        store().watch(Table.USAGE, new WriteWatcher() {
            @Override
            public void written(Key key) {
                seen.add(1L);
            }

            @Override
            public void everything() {}
        });
        store().put(item("a", Map.of("n", 7L)));
        assertThat(seen).hasSize(1);
        assertThat(store().get(key("a")).orElseThrow().number("n")).hasValue(7);
    }

    @Test
    default void pathsIntoMapsAreKeptAndCompared() {
        Map<String, Object> nested = Map.of("usage.daily_usage.2025-11-23", 5L, "usage.daily_usage.2025-11-24", 2L, "plain", "x");
        store().put(item("old", nested));
        assertThat(store().get(key("old")).orElseThrow().attributes()).isEqualTo(nested);
        Condition five = Condition.equal("usage.daily_usage.2025-11-23", 5L);
        Condition none = Condition.absent("usage.daily_usage.2025-11-25");
        assertThat(store().update(key("old"), add("n", 1), Condition.all(five, none)).applied()).isTrue();
        assertThat(store().update(key("old"), add("n", 1), Condition.equal("usage.daily_usage.2025-11-24", 5L)).applied())
                .isFalse();
        assertThat(store().update(key("old"), add("n", 1), Condition.exists("usage.weekly.2025-11-23")).applied()).isFalse();
        assertThat(store().get(key("old")).orElseThrow().attributes())
                .containsEntry("usage.daily_usage.2025-11-24", 2L)
                .containsEntry("n", 1L);
        assertThat(store().put(item("old", Map.of("plain", "y")), five).applied()).isTrue();
        assertThat(store().get(key("old")).orElseThrow().attributes()).isEqualTo(Map.of("plain", "y"));
    }

    @Test
    default void aPathCannotBeChangedOnItsOwn() {
        assertThatIllegalArgumentException().isThrownBy(() -> add("usage.today", 1)).withMessageContaining("usage.today");
    }

    @Test
    default void aNameIsNotAValueAndAMapAtOnce() {
        assertThatIllegalArgumentException().isThrownBy(() -> item("bad", Map.of("usage", 1L, "usage.today", 1L)));
        assertThatIllegalArgumentException().isThrownBy(() -> item("bad", Map.of("usage..today", 1L)));
    }
}

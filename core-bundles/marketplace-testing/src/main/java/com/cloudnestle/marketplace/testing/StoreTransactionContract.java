package com.cloudnestle.marketplace.testing;

import static com.cloudnestle.marketplace.testing.StoreFixture.add;
import static com.cloudnestle.marketplace.testing.StoreFixture.item;
import static com.cloudnestle.marketplace.testing.StoreFixture.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.TransactResult;
import com.cloudnestle.marketplace.store.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** All or nothing. */
public interface StoreTransactionContract extends StoreFixture {

    private static Write put(String sk, long v, Condition condition) {
        return new Write.Put(item(sk, Map.of("v", v)), condition);
    }

    private static Write change(String sk, long amount, Condition condition) {
        return new Write.Change(key(sk), add("v", amount), condition);
    }

    private void holds(String sk, long v) {
        assertThat(store().get(key(sk))).contains(item(sk, Map.of("v", v)));
    }

    @Test
    default void appliesEveryKindOfWriteTogether() {
        store().put(item("changed", Map.of("v", 1L)));
        store().put(item("deleted", Map.of("v", 1L)));
        store().put(item("checked", Map.of("v", 1L)));

        TransactResult result = store().transact(List.of(
                put("new", 1, Condition.itemAbsent()),
                change("changed", 1, Condition.equal("v", 1L)),
                new Write.Delete(key("deleted"), Condition.itemExists()),
                new Write.Check(key("checked"), Condition.equal("v", 1L))));

        assertThat(result).isEqualTo(new TransactResult(true, List.of()));
        holds("new", 1);
        holds("changed", 2);
        holds("checked", 1);
        assertThat(store().get(key("deleted"))).isEmpty();
    }

    @Test
    default void appliesNothingWhenOneConditionFails() {
        store().put(item("a", Map.of("v", 1L)));
        store().put(item("d", Map.of("v", 1L)));

        TransactResult result = store().transact(List.of(
                change("a", 1, Condition.NONE),
                put("b", 1, Condition.NONE),
                new Write.Delete(key("d"), Condition.NONE),
                put("c", 1, Condition.itemExists())));

        assertThat(result.applied()).isFalse();
        holds("a", 1);
        holds("d", 1);
        assertThat(store().get(key("b"))).isEmpty();
        assertThat(store().get(key("c"))).isEmpty();
    }

    @Test
    default void namesEveryFailureWithTheItemItFailedOn() {
        store().put(item("a", Map.of("v", 1L)));

        TransactResult result = store().transact(List.of(
                change("a", 1, Condition.equal("v", 9L)),
                put("b", 1, Condition.itemAbsent()),
                put("c", 1, Condition.itemExists())));

        assertThat(result.failures())
                .containsExactly(
                        new TransactResult.Failure(0, Optional.of(item("a", Map.of("v", 1L)))),
                        new TransactResult.Failure(2, Optional.empty()));
        assertThat(result.failure(2)).isPresent();
        assertThat(result.failure(1)).isEmpty();
    }

    @Test
    default void failsTheWholeForAFailedCheck() {
        store().put(item("guard", Map.of("v", 1L)));

        TransactResult result = store().transact(
                List.of(put("a", 1, Condition.NONE), new Write.Check(key("guard"), Condition.equal("v", 2L))));

        assertThat(result.applied()).isFalse();
        assertThat(store().get(key("a"))).isEmpty();
    }

    @Test
    default void createsNothingByACheck() {
        store().transact(List.of(
                put("a", 1, Condition.NONE), new Write.Check(key("guard"), Condition.itemAbsent())));

        assertThat(store().get(key("guard"))).isEmpty();
        assertThat(store().put(item("guard", Map.of()), Condition.itemAbsent()).applied()).isTrue();
    }

    @Test
    default void appliesNothingWhenOneWriteIsMalformed() {
        store().put(item("text", Map.of("v", "x")));
        store().put(item("full", Map.of("v", Long.MAX_VALUE)));

        for (String bad : List.of("text", "full")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> store().transact(List.of(
                            put("a", 1, Condition.NONE),
                            change(bad, 1, Condition.NONE),
                            put("b", 1, Condition.NONE))));
        }
        assertThat(store().get(key("a"))).isEmpty();
        assertThat(store().get(key("b"))).isEmpty();
        holds("full", Long.MAX_VALUE);
    }

    @Test
    default void spansTables() {
        List<Write> writes = new ArrayList<>();
        for (Table table : Table.all()) {
            writes.add(new Write.Put(new Item(new Key(table, "p", "s"), Map.of()), Condition.itemAbsent()));
        }

        assertThat(store().transact(writes).applied()).isTrue();
        for (Table table : Table.all()) {
            assertThat(store().get(new Key(table, "p", "s"))).isPresent();
        }
        assertThat(store().transact(writes).failures()).hasSize(writes.size());
    }

    @Test
    default void refusesTheSameKeyTwice() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store().transact(
                        List.of(put("a", 1, Condition.NONE), new Write.Check(key("a"), Condition.NONE))));
        assertThat(store().get(key("a"))).isEmpty();
    }

    @Test
    default void takesUpToTwentyFiveWrites() {
        List<Write> writes = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            writes.add(put("k" + i, i, Condition.NONE));
        }
        assertThat(store().transact(writes).applied()).isTrue();
        holds("k24", 24);

        writes.add(put("k25", 25, Condition.NONE));
        assertThatIllegalArgumentException().isThrownBy(() -> store().transact(writes));
        assertThat(store().get(key("k25"))).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> store().transact(List.of()));
    }
}

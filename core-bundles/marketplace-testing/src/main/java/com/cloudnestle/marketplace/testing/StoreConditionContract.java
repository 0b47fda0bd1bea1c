package com.cloudnestle.marketplace.testing;

import static com.cloudnestle.marketplace.store.Condition.Operator.EQ;
import static com.cloudnestle.marketplace.store.Condition.Operator.GE;
import static com.cloudnestle.marketplace.store.Condition.Operator.GT;
import static com.cloudnestle.marketplace.store.Condition.Operator.LE;
import static com.cloudnestle.marketplace.store.Condition.Operator.LT;
import static com.cloudnestle.marketplace.store.Condition.Operator.NE;
import static com.cloudnestle.marketplace.testing.StoreFixture.add;
import static com.cloudnestle.marketplace.testing.StoreFixture.item;
import static com.cloudnestle.marketplace.testing.StoreFixture.key;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Condition.Operator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What conditions mean. */
public interface StoreConditionContract extends StoreFixture {

    /** Whether a write with this condition is applied; changes nothing the conditions here look at. */
    private boolean holds(Condition condition) {
        return store().update(key("a"), add("writes", 1), condition).applied();
    }

    private void holdsOnlyFor(Object value, Operator... operators) {
        for (Operator operator : Operator.values()) {
            assertThat(holds(new Condition.Compare("v", operator, value)))
                    .as("v %s %s", operator, value)
                    .isEqualTo(Set.of(operators).contains(operator));
        }
    }

    @Test
    default void comparesNumbersBySize() {
        store().put(item("a", Map.of("v", 10L)));

        holdsOnlyFor(10L, EQ, LE, GE);
        holdsOnlyFor(9L, NE, GT, GE);
        holdsOnlyFor(11L, NE, LT, LE);
        holdsOnlyFor(-10L, NE, GT, GE);
        holdsOnlyFor(Long.MAX_VALUE, NE, LT, LE);
        holdsOnlyFor(Long.MIN_VALUE, NE, GT, GE);
    }

    @Test
    default void comparesLargeNumbersExactly() {
        store().put(item("a", Map.of("v", Long.MAX_VALUE)));

        holdsOnlyFor(Long.MAX_VALUE - 1, NE, GT, GE);
        holdsOnlyFor(Long.MAX_VALUE, EQ, LE, GE);
    }

    @Test
    default void comparesStringsBytewise() {
        store().put(item("a", Map.of("v", "b")));

        holdsOnlyFor("b", EQ, LE, GE);
        holdsOnlyFor("B", NE, GT, GE);
        holdsOnlyFor("ba", NE, LT, LE);
        holdsOnlyFor("10", NE, GT, GE);
        holdsOnlyFor("é", NE, LT, LE);
    }

    @Test
    default void comparesStringsOutsideTheBasicPlaneByTheirUtf8() {
        store().put(item("a", Map.of("v", "\uFF61")));

        // Java's own order would put U+1F600 (a surrogate pair) before U+FF61.
        holdsOnlyFor("\uD83D\uDE00", NE, LT, LE);
    }

    @Test
    default void comparesByteArraysByContent() {
        store().put(item("a", Map.of("v", new byte[] {1, 2})));

        assertThat(holds(Condition.equal("v", new byte[] {1, 2}))).isTrue();
        assertThat(holds(Condition.notEqual("v", new byte[] {1, 2}))).isFalse();
        assertThat(holds(Condition.equal("v", new byte[] {1, 3}))).isFalse();
        assertThat(holds(Condition.notEqual("v", new byte[] {1, 3}))).isTrue();
    }

    @Test
    default void isFalseForEveryComparisonWithAMissingAttribute() {
        store().put(item("a", Map.of("other", 1L)));

        holdsOnlyFor(0L);
        holdsOnlyFor("");
        holdsOnlyFor("x");
    }

    @Test
    default void isFalseForEveryComparisonWithAMissingItem() {
        holdsOnlyFor(0L);
        assertThat(store().get(key("a"))).isEmpty();
    }

    @Test
    default void isFalseForEveryComparisonWithAnotherType() {
        store().put(item("a", Map.of("v", 1L)));
        holdsOnlyFor("1");
        holdsOnlyFor("");

        store().put(item("a", Map.of("v", "1")));
        holdsOnlyFor(1L);
        assertThat(holds(Condition.equal("v", new byte[] {'1'}))).isFalse();
        assertThat(holds(Condition.notEqual("v", new byte[] {'1'}))).isFalse();
    }

    @Test
    default void knowsWhetherAnAttributeExists() {
        store().put(item("a", Map.of("v", "")));

        assertThat(holds(Condition.exists("v"))).isTrue();
        assertThat(holds(Condition.absent("v"))).isFalse();
        assertThat(holds(Condition.exists("w"))).isFalse();
        assertThat(holds(Condition.absent("w"))).isTrue();
    }

    @Test
    default void knowsWhetherTheItemExists() {
        assertThat(holds(Condition.itemExists())).isFalse();
        assertThat(holds(Condition.exists("v"))).isFalse();
        assertThat(holds(Condition.absent("v"))).isTrue();

        store().put(item("a", Map.of()));
        assertThat(holds(Condition.itemExists())).isTrue();
        assertThat(holds(Condition.itemAbsent())).isFalse();

        store().delete(key("a"), Condition.NONE);
        assertThat(holds(Condition.itemAbsent())).isTrue();
    }

    @Test
    default void joinsConditions() {
        store().put(item("a", Map.of("v", 1L)));
        Condition yes = Condition.equal("v", 1L);
        Condition no = Condition.equal("v", 2L);

        assertThat(holds(Condition.all(yes, yes))).isTrue();
        assertThat(holds(Condition.all(yes, no))).isFalse();
        assertThat(holds(Condition.any(yes, no))).isTrue();
        assertThat(holds(Condition.any(no, no))).isFalse();
        assertThat(holds(Condition.all(yes, Condition.any(no, Condition.all(yes, yes))))).isTrue();
        assertThat(holds(Condition.all(yes, Condition.any(no, Condition.all(yes, no))))).isFalse();
        assertThat(holds(new Condition.And(List.of()))).isTrue();
    }

    @Test
    default void guardsPutUpdateAndDeleteAlike() {
        store().put(item("a", Map.of("v", 1L)));
        Condition no = Condition.equal("v", 2L);

        assertThat(store().put(item("a", Map.of("v", 9L)), no).applied()).isFalse();
        assertThat(store().update(key("a"), add("v", 1), no).applied()).isFalse();
        assertThat(store().delete(key("a"), no).applied()).isFalse();
        assertThat(store().get(key("a"))).contains(item("a", Map.of("v", 1L)));
    }

    @Test
    default void seesTheItemBeforeTheWriteAndNotAfterIt() {
        store().put(item("a", Map.of("v", 1L)));

        assertThat(store().update(key("a"), add("v", 1), Condition.equal("v", 2L)).applied()).isFalse();
        assertThat(store().put(item("a", Map.of("v", 2L)), Condition.equal("v", 2L)).applied()).isFalse();
        assertThat(store().put(item("a", Map.of("v", 2L)), Condition.equal("v", 1L)).applied()).isTrue();
    }
}

package com.cloudnestle.marketplace.testing;

import static com.cloudnestle.marketplace.testing.StoreFixture.add;
import static com.cloudnestle.marketplace.testing.StoreFixture.item;
import static com.cloudnestle.marketplace.testing.StoreFixture.key;
import static com.cloudnestle.marketplace.testing.StoreFixture.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Update;
import com.cloudnestle.marketplace.store.Write;
import com.cloudnestle.marketplace.store.WriteResult;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What single writes do and answer. */
public interface StoreWriteContract extends StoreFixture {

    @Test
    default void findsNothingWhereNothingWasPut() {
        assertThat(store().get(key("a"))).isEmpty();
    }

    @Test
    default void keepsEveryTypeAsItWasPut() {
        Item item = item("a", Map.of(
                "empty", "", "text", "Grüße 😀 \0 'quoted' \"and\" \\ \n", "min", Long.MIN_VALUE, "max",
                Long.MAX_VALUE, "zero", 0L, "bytes", new byte[] {0, -1, 127, -128}, "none", new byte[0], "名", "v"));

        store().put(item);

        assertThat(store().get(key("a"))).contains(item);
    }

    @Test
    default void keepsAnItemWithoutAttributes() {
        store().put(item("a", Map.of()));

        assertThat(store().get(key("a"))).contains(item("a", Map.of()));
    }

    @Test
    default void keepsTablesAndPartitionsApart() {
        for (Table table : Table.all()) {
            store().put(new Item(new Key(table, "p", "s"), Map.of("table", table.name())));
            store().put(new Item(new Key(table, "P", "s"), Map.of("table", "other")));
        }
        for (Table table : Table.all()) {
            assertThat(store().get(new Key(table, "p", "s")))
                    .contains(new Item(new Key(table, "p", "s"), Map.of("table", table.name())));
        }
    }

    @Test
    default void replacesTheWholeItemByPut() {
        store().put(item("a", Map.of("old", 1L, "v", 1L)));

        WriteResult result = store().put(item("a", Map.of("v", 2L)));

        assertThat(result).isEqualTo(new WriteResult(true, Optional.of(item("a", Map.of("v", 2L)))));
        assertThat(store().get(key("a"))).contains(item("a", Map.of("v", 2L)));
    }

    @Test
    default void changesOnlyTheNamedAttributesByUpdate() {
        store().put(item("a", Map.of("n", 5L, "s", "x", "gone", "y", "kept", "z")));

        WriteResult result = store().update(
                key("a"),
                Update.builder().add("n", -2).set("s", "new").remove("gone").remove("never").build(),
                Condition.NONE);

        Item expected = item("a", Map.of("n", 3L, "s", "new", "kept", "z"));
        assertThat(result).isEqualTo(new WriteResult(true, Optional.of(expected)));
        assertThat(store().get(key("a"))).contains(expected);
    }

    @Test
    default void createsTheItemByUpdateAndAddsToAMissingAttributeAsToZero() {
        WriteResult result = store().update(
                key("a"), Update.builder().add("n", 7).set("s", "x").build(), Condition.NONE);

        assertThat(result).isEqualTo(new WriteResult(true, Optional.of(item("a", Map.of("n", 7L, "s", "x")))));
        assertThat(store().get(key("a"))).contains(item("a", Map.of("n", 7L, "s", "x")));
    }

    @Test
    default void keepsAnItemWhoseLastAttributeWasRemoved() {
        store().put(item("a", Map.of("v", 1L)));

        store().update(key("a"), Update.builder().remove("v").build(), Condition.NONE);

        assertThat(store().get(key("a"))).contains(item("a", Map.of()));
    }

    @Test
    default void changesTheTypeOfAnAttributeBySet() {
        store().put(item("a", Map.of("v", "text")));

        store().update(key("a"), set("v", 1L), Condition.NONE);

        assertThat(store().get(key("a"))).contains(item("a", Map.of("v", 1L)));
    }

    @Test
    default void deletesAndAnswersWithNothing() {
        store().put(item("a", Map.of("v", 1L)));

        assertThat(store().delete(key("a"), Condition.NONE)).isEqualTo(new WriteResult(true, Optional.empty()));
        assertThat(store().get(key("a"))).isEmpty();
        assertThat(store().delete(key("a"), Condition.NONE)).isEqualTo(new WriteResult(true, Optional.empty()));
    }

    @Test
    default void answersWithTheItemTheConditionFailedOn() {
        Condition no = Condition.equal("v", 9L);
        assertThat(store().put(item("a", Map.of("v", 2L)), no)).isEqualTo(new WriteResult(false, Optional.empty()));

        store().put(item("a", Map.of("v", 1L)));
        WriteResult failed = new WriteResult(false, Optional.of(item("a", Map.of("v", 1L))));
        assertThat(store().put(item("a", Map.of("v", 2L)), no)).isEqualTo(failed);
        assertThat(store().update(key("a"), add("v", 1), no)).isEqualTo(failed);
        assertThat(store().delete(key("a"), no)).isEqualTo(failed);
    }

    @Test
    default void refusesToAddToWhatIsNoNumber() {
        Item before = item("a", Map.of("v", "text", "n", 1L));
        store().put(before);
        Update update = Update.builder().add("n", 1).add("v", 1).build();

        assertThatIllegalArgumentException().isThrownBy(() -> store().update(key("a"), update, Condition.NONE));
        assertThat(store().get(key("a"))).contains(before);
    }

    @Test
    default void refusesAnOverflowAndChangesNothing() {
        Item before = item("a", Map.of("v", Long.MAX_VALUE, "w", Long.MIN_VALUE, "n", 1L));
        store().put(before);
        Update up = Update.builder().add("n", 1).add("v", 1).build();
        Update down = Update.builder().add("n", 1).add("w", -1).build();

        assertThatIllegalArgumentException().isThrownBy(() -> store().update(key("a"), up, Condition.NONE));
        assertThatIllegalArgumentException().isThrownBy(() -> store().update(key("a"), down, Condition.NONE));
        assertThat(store().get(key("a"))).contains(before);
    }

    @Test
    default void answersNoAndNotAnErrorWhenTheConditionOfABadUpdateFails() {
        store().put(item("a", Map.of("v", "text")));

        assertThat(store().update(key("a"), add("v", 1), Condition.absent("v")).applied()).isFalse();
    }

    @Test
    default void refusesACheckOutsideATransaction() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store().write(new Write.Check(key("a"), Condition.NONE)));
    }

    @Test
    default void sharesNoArrayWithItsCallers() {
        byte[] given = {1, 2, 3};
        WriteResult put = store().put(item("a", Map.of("v", given)));
        given[0] = 99;
        ((byte[]) put.item().orElseThrow().attributes().get("v"))[1] = 99;
        WriteResult failed = store().delete(key("a"), Condition.absent("v"));
        ((byte[]) failed.item().orElseThrow().attributes().get("v"))[2] = 99;
        ((byte[]) store().get(key("a")).orElseThrow().attributes().get("v"))[2] = 99;

        assertThat(store().get(key("a")).flatMap(item -> item.bytes("v"))).contains(new byte[] {1, 2, 3});
    }
}

package com.cloudnestle.marketplace.testing;

import static com.cloudnestle.marketplace.testing.StoreFixture.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Update;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the index of a table finds. */
public interface StoreIndexContract extends StoreFixture {

    private static Key token(String pk) {
        return new Key(Table.TOKENS, pk, "T");
    }

    private void put(String pk, String g1, String g1s) {
        store().put(new Item(token(pk), Map.of(Item.G1, g1, Item.G1_SORT, g1s, "v", pk)));
    }

    private Page page(String g1, String prefix, int limit, @Nullable String cursor) {
        return store().index(Table.TOKENS, g1, prefix, limit, cursor);
    }

    private List<String> pks(String g1, String prefix) {
        return pks(page(g1, prefix, 1000, null));
    }

    private static List<String> pks(Page page) {
        return page.items().stream().map(item -> item.key().pk()).toList();
    }

    @Test
    default void findsItemsByTheIndexInTheOrderOfItsSortAttribute() {
        put("x", "u1", "T#2");
        put("y", "u1", "T#1");
        put("z", "u1", "S#1");
        put("w", "u2", "T#1");
        store().put(new Item(token("plain"), Map.of("v", 1L)));

        assertThat(pks("u1", "")).containsExactly("z", "y", "x");
        assertThat(pks("u1", "T#")).containsExactly("y", "x");
        assertThat(pks("u3", "")).isEmpty();
        assertThat(page("u2", "", 10, null).items().get(0).string("v")).contains("w");
    }

    @Test
    default void isNotUniqueAndPagesThroughEqualSortAttributes() {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            put("p" + i, "u", "same");
            expected.add("p" + i);
        }

        List<String> found = new ArrayList<>();
        Page page = page("u", "", 3, null);
        found.addAll(pks(page));
        while (page.cursor().isPresent()) {
            page = page("u", "", 3, page.cursor().get());
            found.addAll(pks(page));
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    default void hasNoCursorOnTheLastIndexPage() {
        put("x", "u", "1");
        put("y", "u", "2");

        assertThat(page("u", "", 2, null).cursor()).isEmpty();
        assertThat(page("u", "", 1, null).cursor()).isPresent();
    }

    @Test
    default void followsChangesOfTheIndexedAttributes() {
        put("x", "u1", "1");

        store().update(token("x"), set(Item.G1, "u2"), Condition.NONE);
        assertThat(pks("u1", "")).isEmpty();
        assertThat(pks("u2", "")).containsExactly("x");

        store().update(
                token("x"),
                Update.builder().remove(Item.G1).remove(Item.G1_SORT).build(),
                Condition.NONE);
        assertThat(pks("u2", "")).isEmpty();

        put("x", "u3", "1");
        store().delete(token("x"), Condition.NONE);
        assertThat(pks("u3", "")).isEmpty();
    }

    @Test
    default void refusesTheIndexOfATableThatHasNone() {
        for (Table table : Table.all()) {
            if (!table.indexed()) {
                assertThatIllegalArgumentException().isThrownBy(() -> store().index(table, "g", "", 1, null));
            }
        }
    }

    @Test
    default void refusesIndexAttributesThatCannotBeIndexed() {
        put("x", "u", "1");
        Item before = store().get(token("x")).orElseThrow();

        for (Update bad : List.of(
                set(Item.G1, 1L),
                set(Item.G1, ""),
                set(Item.G1_SORT, "x".repeat(1025)),
                Update.builder().remove(Item.G1_SORT).build())) {
            assertThatIllegalArgumentException().isThrownBy(() -> store().update(token("x"), bad, Condition.NONE));
        }
        assertThat(store().get(token("x"))).contains(before);
    }

    @Test
    default void refusesIndexQueriesThatCannotBe() {
        assertThatIllegalArgumentException().isThrownBy(() -> page("u", "", 0, null));
        assertThatIllegalArgumentException().isThrownBy(() -> page("u", "", 1001, null));
        assertThatIllegalArgumentException().isThrownBy(() -> page("", "", 1, null));
        assertThatIllegalArgumentException().isThrownBy(() -> page("u", "", 1, "no cursor of ours"));
        assertThatIllegalArgumentException().isThrownBy(() -> page("u", "", 1, "..."));
    }
}

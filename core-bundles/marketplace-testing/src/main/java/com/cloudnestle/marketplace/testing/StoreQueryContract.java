package com.cloudnestle.marketplace.testing;

import static com.cloudnestle.marketplace.testing.StoreFixture.item;
import static com.cloudnestle.marketplace.testing.StoreFixture.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What queries of one partition find, in which order and in which pages. */
public interface StoreQueryContract extends StoreFixture {

    private void put(String... sks) {
        for (String sk : sks) {
            store().put(item(sk, Map.of("name", sk)));
        }
    }

    private Page page(String prefix, boolean reverse, int limit, @Nullable String cursor) {
        return store().query(Table.USAGE, "contract", prefix, reverse, limit, cursor);
    }

    private List<String> all(String prefix, boolean reverse) {
        return sks(page(prefix, reverse, 1000, null));
    }

    private static List<String> sks(Page page) {
        return page.items().stream().map(item -> item.key().sk()).toList();
    }

    @Test
    default void answersAnEmptyPageForAnEmptyPartition() {
        assertThat(page("", false, 10, null)).isEqualTo(new Page(List.of(), Optional.empty()));
    }

    @Test
    default void ordersSortKeysByTheirBytes() {
        // 1, 2, 3 and 4 bytes of UTF-8; Java's own order would put the last but one (a surrogate pair) before U+FF61.
        List<String> ordered = List.of("\u0001", "!", "0", "1", "10", "9", "A", "Z", "a", "a\0", "ab", "z", "é", "名",
                "\uFF61", "\uD83D\uDE00", "\uDBFF\uDFFF");
        List<String> shuffled = new ArrayList<>(ordered);
        Collections.shuffle(shuffled, new Random(7));
        put(shuffled.toArray(String[]::new));

        assertThat(all("", false)).isEqualTo(ordered);
        List<String> backwards = new ArrayList<>(ordered);
        Collections.reverse(backwards);
        assertThat(all("", true)).isEqualTo(backwards);
    }

    @Test
    default void findsOnlyOnePartitionOfOneTable() {
        put("a");
        store().put(new Item(new Key(Table.USAGE, "contract2", "b"), Map.of()));
        store().put(new Item(new Key(Table.USAGE, "contrac", "b"), Map.of()));
        store().put(new Item(new Key(Table.USAGE, "CONTRACT", "b"), Map.of()));
        store().put(new Item(new Key(Table.SYSTEM, "contract", "b"), Map.of()));

        assertThat(all("", false)).containsExactly("a");
    }

    @Test
    default void takesThePrefixLiterally() {
        put("A_1", "a", "a%", "a%1", "a_", "a_1", "a_2", "ab1", "b_1", "a*");

        assertThat(all("a_", false)).containsExactly("a_", "a_1", "a_2");
        assertThat(all("a%", false)).containsExactly("a%", "a%1");
        assertThat(all("a", true)).containsExactly("ab1", "a_2", "a_1", "a_", "a*", "a%1", "a%", "a");
        assertThat(all("c", false)).isEmpty();
    }

    @Test
    default void findsPrefixesAtTheEdgesOfUnicode() {
        put("\uD7FF", "\uD7FF1", "\uE000", "\uFFFF", "\uFFFF1", "\uD800\uDC00", "\uDBFF\uDFFF", "\uDBFF\uDFFF1",
                "x\u007F", "x\u007F1", "x\u0080", "x\u07FF", "x\u07FF1", "x\u0800");

        assertThat(all("\uD7FF", false)).containsExactly("\uD7FF", "\uD7FF1");
        assertThat(all("\uFFFF", false)).containsExactly("\uFFFF", "\uFFFF1");
        assertThat(all("\uDBFF\uDFFF", false)).containsExactly("\uDBFF\uDFFF", "\uDBFF\uDFFF1");
        assertThat(all("x\u007F", false)).containsExactly("x\u007F", "x\u007F1");
        assertThat(all("x\u07FF", false)).containsExactly("x\u07FF", "x\u07FF1");
    }

    @Test
    default void walksForwardInPages() {
        put("a1", "a2", "a3", "a4", "a5", "b1");

        Page first = page("a", false, 2, null);
        assertThat(sks(first)).containsExactly("a1", "a2");
        Page second = page("a", false, 2, first.cursor().orElseThrow());
        assertThat(sks(second)).containsExactly("a3", "a4");
        Page third = page("a", false, 2, second.cursor().orElseThrow());
        assertThat(sks(third)).containsExactly("a5");
        assertThat(third.cursor()).isEmpty();
    }

    @Test
    default void walksBackwardInPages() {
        put("a1", "a2", "a3", "b1");

        Page first = page("", true, 3, null);
        assertThat(sks(first)).containsExactly("b1", "a3", "a2");
        Page second = page("", true, 3, first.cursor().orElseThrow());
        assertThat(sks(second)).containsExactly("a1");
        assertThat(second.cursor()).isEmpty();
    }

    @Test
    default void hasNoCursorWhenThePageIsJustFull() {
        put("a1", "a2");

        assertThat(page("", false, 2, null).cursor()).isEmpty();
        assertThat(page("", false, 1, null).cursor()).isPresent();
    }

    @Test
    default void goesOnWhereItWasAlthoughTheLastItemIsGone() {
        put("a1", "a2", "a3", "a4");
        Page first = page("", false, 2, null);
        store().delete(key("a2"), Condition.NONE);
        put("a0", "a21");

        assertThat(sks(page("", false, 5, first.cursor().orElseThrow()))).containsExactly("a21", "a3", "a4");
    }

    @Test
    default void seesAcknowledgedWritesAtOnce() {
        for (int i = 0; i < 20; i++) {
            put("s" + i);
            assertThat(all("", false)).hasSize(i + 1);
        }
    }

    @Test
    default void refusesQueriesThatCannotBe() {
        assertThatIllegalArgumentException().isThrownBy(() -> page("", false, 0, null));
        assertThatIllegalArgumentException().isThrownBy(() -> page("", false, 1001, null));
        assertThatIllegalArgumentException().isThrownBy(() -> page("x".repeat(1025), false, 1, null));
        assertThatIllegalArgumentException().isThrownBy(() -> page("a", false, 1, "b"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store().query(Table.USAGE, "", "", false, 1, null));
    }
}

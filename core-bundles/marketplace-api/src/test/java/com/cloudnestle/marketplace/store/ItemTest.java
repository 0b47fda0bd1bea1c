package com.cloudnestle.marketplace.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ItemTest {

    private static final Key KEY = new Key(Table.USAGE, "pk", "sk");
    private static final Key INDEXED = new Key(Table.USERS, "pk", "sk");

    @Test
    void isEqualWhenItsArraysHoldTheSameBytes() {
        Item item = new Item(KEY, Map.of("b", new byte[] {1, 2}, "n", 1L));

        assertThat(item).isEqualTo(new Item(KEY, Map.of("b", new byte[] {1, 2}, "n", 1L)));
        assertThat(item).hasSameHashCodeAs(new Item(KEY, Map.of("b", new byte[] {1, 2}, "n", 1L)));
        assertThat(item).isNotEqualTo(new Item(KEY, Map.of("b", new byte[] {1, 3}, "n", 1L)));
        assertThat(item).isNotEqualTo(new Item(KEY, Map.of("b", new byte[] {1, 2})));
        assertThat(item).isNotEqualTo(new Item(INDEXED, Map.of("b", new byte[] {1, 2}, "n", 1L)));
    }

    @Test
    void copiesArraysOnTheWayInAndOut() {
        byte[] given = {1};
        Item item = new Item(KEY, Map.of("b", given));
        given[0] = 9;
        item.bytes("b").orElseThrow()[0] = 9;

        assertThat(item.bytes("b").orElseThrow()).containsExactly(1);
        assertThat(item.bytes("n")).isEmpty();
    }

    @Test
    void countsKeyNamesAndValuesInUtf8() {
        assertThat(new Item(KEY, Map.of()).sizeBytes()).isEqualTo(8);
        assertThat(new Item(KEY, Map.of("n", 1L)).sizeBytes()).isEqualTo(8 + 1 + 21);
        assertThat(new Item(KEY, Map.of("é", "名\uD83D\uDE00")).sizeBytes()).isEqualTo(8 + 2 + 3 + 4);
        assertThat(new Item(KEY, Map.of("b", new byte[5])).sizeBytes()).isEqualTo(8 + 1 + 5);
    }

    @Test
    void refusesValuesThatNoStoreKeeps() {
        for (Object bad : new Object[] {1, 1.5, true, Map.of(), "half \uD83D", "\uDE00 half"}) {
            assertThatIllegalArgumentException().isThrownBy(() -> new Item(KEY, Map.of("v", bad)));
        }
        Map<String, Object> nothing = new HashMap<>();
        nothing.put("v", null);
        assertThatIllegalArgumentException().isThrownBy(() -> new Item(KEY, nothing));
    }

    @Test
    void refusesNamesThatBelongToTheKeyOrAreEmpty() {
        for (String bad : new String[] {"", "pk", "sk"}) {
            assertThatIllegalArgumentException().isThrownBy(() -> new Item(KEY, Map.of(bad, 1L)));
            assertThatIllegalArgumentException().isThrownBy(() -> Condition.equal(bad, 1L));
        }
    }

    @Test
    void refusesAnExpiryThatIsNoNumber() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Item(KEY, Map.of(Item.TTL, "soon")));
    }

    @Test
    void takesIndexAttributesOnlyTogetherAndAsText() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Item(INDEXED, Map.of(Item.G1, "g")));
        assertThatIllegalArgumentException().isThrownBy(() -> new Item(INDEXED, Map.of(Item.G1_SORT, "g")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Item(INDEXED, Map.of(Item.G1, "g", Item.G1_SORT, 1L)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Item(INDEXED, Map.of(Item.G1, "", Item.G1_SORT, "s")));
        assertThat(new Item(INDEXED, Map.of(Item.G1, "g", Item.G1_SORT, "s")).string(Item.G1)).contains("g");
        assertThat(new Item(KEY, Map.of(Item.G1, 1L)).number(Item.G1)).hasValue(1);
    }

    @Test
    void comparesArraysOnlyForEquality() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Condition.Compare("b", Condition.Operator.LT, new byte[] {1}));
        assertThat(Condition.equal("b", new byte[] {1})).isNotNull();
    }
}

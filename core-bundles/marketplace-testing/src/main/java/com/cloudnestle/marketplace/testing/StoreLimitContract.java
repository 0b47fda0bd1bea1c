package com.cloudnestle.marketplace.testing;

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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The sizes that every store takes, and those that none takes. */
public interface StoreLimitContract extends StoreFixture {

    @Test
    default void takesTheLongestKeys() {
        for (String letter : List.of("x", "é")) {
            int bytes = letter.equals("x") ? 1 : 2;
            Key key = new Key(Table.USERS, letter.repeat(2048 / bytes), letter.repeat(1024 / bytes));
            Item item = new Item(key, Map.of(Item.G1, letter.repeat(2048 / bytes), Item.G1_SORT, letter));

            store().put(item);

            assertThat(store().get(key)).contains(item);
            assertThat(store().query(Table.USERS, key.pk(), key.sk(), false, 1, null).items()).containsExactly(item);
        }
    }

    @Test
    default void refusesKeysThatAreTooLongEmptyOrNoText() {
        for (String bad : List.of("", "x".repeat(2049), "é".repeat(1025), "half \uD83D", "\uDE00 half")) {
            assertThatIllegalArgumentException().isThrownBy(() -> store().get(new Key(Table.USERS, bad, "s")));
        }
        for (String bad : List.of("", "x".repeat(1025), "é".repeat(513), "half \uD83D")) {
            assertThatIllegalArgumentException().isThrownBy(() -> store().get(new Key(Table.USERS, "p", bad)));
        }
    }

    @Test
    default void takesTheLargestItem() {
        Item item = largest();
        assertThat(item.sizeBytes()).isEqualTo(Item.MAX_BYTES);

        store().put(item);

        assertThat(store().get(key("a"))).contains(item);
    }

    @Test
    default void refusesAnUpdateThatMakesTheItemTooLarge() {
        Item before = largest();
        store().put(before);

        for (Update bad : List.of(set("w", ""), set("n", 1L), Update.builder().add("n", 1).build())) {
            assertThatIllegalArgumentException().isThrownBy(() -> store().update(key("a"), bad, Condition.NONE));
        }
        assertThat(store().get(key("a"))).contains(before);
    }

    @Test
    default void refusesAnItemThatIsTooLarge() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store().put(item("a", Map.of("v", "x".repeat(Item.MAX_BYTES)))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store().put(item("a", Map.of("v", new byte[Item.MAX_BYTES]))));
        assertThat(store().get(key("a"))).isEmpty();
    }

    private static Item largest() {
        int rest = Item.MAX_BYTES - item("a", Map.of("v", new byte[0])).sizeBytes();
        return item("a", Map.of("v", new byte[rest]));
    }
}

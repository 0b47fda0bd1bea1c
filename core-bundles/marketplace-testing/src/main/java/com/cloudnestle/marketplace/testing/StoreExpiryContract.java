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
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.WriteResult;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an expiry hides and what it does not hide. */
public interface StoreExpiryContract extends StoreFixture {

    private long inSeconds(long seconds) {
        return clock().instant().getEpochSecond() + seconds;
    }

    private void putExpiring(String sk, long seconds) {
        store().put(item(sk, Map.of(Item.TTL, inSeconds(seconds), "v", 1L)));
    }

    @Test
    default void hidesAnItemFromTheSecondOfItsExpiryOn() {
        putExpiring("a", 10);

        clock().advance(Duration.ofSeconds(9));
        assertThat(store().get(key("a"))).isPresent();

        clock().advance(Duration.ofSeconds(1));
        assertThat(store().get(key("a"))).isEmpty();
    }

    @Test
    default void hidesExpiredItemsFromQueriesWithoutShorteningThePages() {
        putExpiring("a1", 10);
        putExpiring("a2", 1000);
        putExpiring("a3", 10);
        putExpiring("a4", 1000);
        store().put(item("a5", Map.of()));
        clock().advance(Duration.ofSeconds(10));

        Page page = store().query(Table.USAGE, "contract", "", false, 2, null);
        assertThat(page.items()).extracting(item -> item.key().sk()).containsExactly("a2", "a4");
        assertThat(store().query(Table.USAGE, "contract", "", false, 2, page.cursor().orElseThrow()).items())
                .containsExactly(item("a5", Map.of()));
    }

    @Test
    default void hidesExpiredItemsFromTheIndex() {
        store().put(new Item(
                new Key(Table.TOKENS, "x", "T"), Map.of(Item.G1, "u", Item.G1_SORT, "1", Item.TTL, inSeconds(10))));
        assertThat(store().index(Table.TOKENS, "u", "", 10, null).items()).hasSize(1);

        clock().advance(Duration.ofSeconds(10));
        assertThat(store().index(Table.TOKENS, "u", "", 10, null).items()).isEmpty();
    }

    @Test
    default void showsAnExpiredItemToConditions() {
        putExpiring("a", 10);
        clock().advance(Duration.ofSeconds(11));

        WriteResult refused = store().put(item("a", Map.of()), Condition.itemAbsent());
        assertThat(refused.applied()).isFalse();
        assertThat(refused.item().orElseThrow().number("v")).hasValue(1);
        assertThat(store().update(key("a"), add("v", 1), Condition.equal("v", 1L)).applied()).isTrue();
    }

    @Test
    default void showsAnItemAgainWhenItsExpiryIsMoved() {
        putExpiring("a", 10);
        clock().advance(Duration.ofSeconds(11));

        store().update(key("a"), set(Item.TTL, inSeconds(10)), Condition.NONE);

        assertThat(store().get(key("a")).orElseThrow().number("v")).hasValue(1);
    }

    @Test
    default void showsAnItemAgainWhenTheClockIsSetBack() {
        putExpiring("a", 10);
        clock().advance(Duration.ofSeconds(11));
        assertThat(store().get(key("a"))).isEmpty();

        clock().advance(Duration.ofSeconds(-5));
        assertThat(store().get(key("a"))).isPresent();
    }

    @Test
    default void refusesAnExpiryThatIsNoNumber() {
        putExpiring("a", 10);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> store().update(key("a"), set(Item.TTL, "tomorrow"), Condition.NONE));
        assertThat(store().get(key("a"))).isPresent();
    }
}

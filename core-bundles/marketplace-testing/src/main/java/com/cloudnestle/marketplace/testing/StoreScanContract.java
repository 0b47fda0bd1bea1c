package com.cloudnestle.marketplace.testing;

import static com.cloudnestle.marketplace.testing.StoreFixture.item;
import static com.cloudnestle.marketplace.testing.StoreFixture.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.StoreScan;
import com.cloudnestle.marketplace.store.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Reading a whole table. Part of {@link StoreContract}. */
interface StoreScanContract extends StoreFixture {

    private List<Key> scanned(Table table, int limit) {
        StoreScan scan = (StoreScan) store();
        List<Key> keys = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page page = scan.scan(table, limit, cursor.orElse(null));
            assertThat(page.items().size()).isLessThanOrEqualTo(limit);
            page.items().forEach(item -> keys.add(item.key()));
            cursor = page.cursor();
        } while (cursor.isPresent());
        return keys;
    }

    @Test
    default void aScanFindsEveryItemOfATableOnceWhateverThePageSize() {
        List<Key> expected = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            Item item = new Item(new Key(Table.USAGE, "scanned#" + i % 3, "é#" + i), Map.of("n", (long) i));
            store().put(item);
            expected.add(item.key());
        }
        store().put(new Item(new Key(Table.SYSTEM, "scanned", "elsewhere"), Map.of("n", 1L)));
        for (int limit : new int[] {1, 3, 7, 1000}) {
            assertThat(scanned(Table.USAGE, limit)).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    default void aScanGivesAttributesAsTheyWerePutAndExpiredItemsToo() {
        Map<String, Object> attributes =
                Map.of("n", 1L, "text", "t", "map.inner", "m", Item.TTL, clock().instant().getEpochSecond() + 1);
        store().put(item("expiring", attributes));
        clock().advance(Duration.ofSeconds(2));
        assertThat(store().get(key("expiring"))).isEmpty();
        assertThat(((StoreScan) store()).scan(Table.USAGE, 1000, null).items())
                .containsExactly(item("expiring", attributes));
    }

    @Test
    default void aScanOfAnEmptyTableIsEmpty() {
        assertThat(scanned(Table.PARTNER_APPLICATIONS, 10)).isEmpty();
    }

    @Test
    default void aScanRefusesSizesAndCursorsThatAreNone() {
        StoreScan scan = (StoreScan) store();
        assertThatIllegalArgumentException().isThrownBy(() -> scan.scan(Table.USAGE, 0, null));
        assertThatIllegalArgumentException().isThrownBy(() -> scan.scan(Table.USAGE, 1001, null));
        assertThatIllegalArgumentException().isThrownBy(() -> scan.scan(Table.USAGE, 10, "no cursor"));
    }
}

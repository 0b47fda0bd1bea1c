package com.cloudnestle.marketplace.store.transfer.internal;

import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.StoreScan;
import com.cloudnestle.marketplace.store.Table;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;

/** Reads a table page by page, without what has expired. */
record Scan(StoreScan store, InstantSource clock) {

    /** Takes one item; false ends the reading. */
    @FunctionalInterface
    interface Each {
        boolean take(Item item) throws IOException;
    }

    /** False if the reader ended it. */
    boolean read(Table table, Each each) throws IOException {
        Optional<String> cursor = Optional.empty();
        do {
            Page page = store.scan(table, Store.MAX_PAGE, cursor.orElse(null));
            long now = clock.instant().getEpochSecond();
            for (Item item : page.items()) {
                if (!item.expiredAt(now) && !each.take(item)) {
                    return false;
                }
            }
            cursor = page.cursor();
        } while (cursor.isPresent());
        return true;
    }
}

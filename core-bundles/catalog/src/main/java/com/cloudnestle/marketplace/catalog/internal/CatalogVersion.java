package com.cloudnestle.marketplace.catalog.internal;

import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.StoreAdmin;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Update;
import com.cloudnestle.marketplace.store.Write;

/**
 * Tells whether the catalogue in the store is still the one that was read, so that nodes need not read all of it every few
 * seconds.
 *
 * @param changes grows in the transaction of each change
 * @param epoch grows when all data were replaced
 */
record CatalogVersion(long changes, long epoch) {

    private static final Key KEY = new Key(Table.SOLUTIONS, "catalog", "version");
    private static final String CHANGES = "changes";

    static CatalogVersion read(Store store) {
        return new CatalogVersion(number(store, KEY, CHANGES), number(store, StoreAdmin.EPOCH_KEY, StoreAdmin.EPOCH));
    }

    /** To be written together with each change. */
    static Write next() {
        return new Write.Change(KEY, Update.builder().add(CHANGES, 1).build(), Condition.NONE);
    }

    private static long number(Store store, Key key, String attribute) {
        return store.get(key).map(item -> item.number(attribute, 0)).orElse(0L);
    }
}

package com.cloudnestle.marketplace.testing;

import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Update;
import java.util.Map;

/** What a test class supplies to run {@link StoreContract}: an empty store for each test and the clock it reads. */
public interface StoreFixture {

    /** The same store during one test, empty at its start. */
    Store store();

    /** The clock that was given to the store. */
    ManualClock clock();

    /** A key of a table without index. */
    static Key key(String sk) {
        return new Key(Table.USAGE, "contract", sk);
    }

    static Item item(String sk, Map<String, Object> attributes) {
        return new Item(key(sk), attributes);
    }

    static Update add(String attribute, long amount) {
        return Update.builder().add(attribute, amount).build();
    }

    static Update set(String attribute, Object value) {
        return Update.builder().set(attribute, value).build();
    }
}

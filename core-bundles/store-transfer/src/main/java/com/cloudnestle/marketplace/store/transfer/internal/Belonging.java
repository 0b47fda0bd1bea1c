package com.cloudnestle.marketplace.store.transfer.internal;

import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.StoreAdmin;
import com.cloudnestle.marketplace.store.Table;
import java.util.Set;

/** What an item belongs to: the marketplace and its customers, or only one process or one store. */
final class Belonging {

    private static final String NODES = "nodes";
    private static final String LOCKS = "LOCK#";
    private static final String MIGRATIONS = "MIG";
    private static final Set<Key> OF_ONE_STORE =
            Set.of(StoreAdmin.EPOCH_KEY, new Key(Table.SYSTEM, "SYS", "SCHEMA"), StoreImport.UNDER_WAY);

    private static final Set<Table> OF_CUSTOMERS = Set.of(Table.USERS, Table.ENTITLEMENTS, Table.TOKENS, Table.SESSIONS,
            Table.PAYMENT_TRANSACTIONS, Table.PARTNER_APPLICATIONS, Table.USAGE);

    private Belonging() {}

    /** Whether the item means something in another store. */
    static boolean travels(Key key) {
        if (key.table() != Table.SYSTEM) {
            return true;
        }
        boolean ofProcesses = key.pk().equals(NODES) || key.pk().startsWith(LOCKS);
        return !ofProcesses && !recordsWorkDone(key) && !OF_ONE_STORE.contains(key);
    }

    /** Whether the item says that work was done on all the data that were in the store then. */
    static boolean recordsWorkDone(Key key) {
        return key.table() == Table.SYSTEM && key.pk().equals(MIGRATIONS);
    }

    /** Whether the item shows that the marketplace is in use: a start alone does not write such items. */
    static boolean showsUse(Item item) {
        Key key = item.key();
        return OF_CUSTOMERS.contains(key.table()) || key.table() == Table.API_KEYS && !key.pk().equals("admin");
    }
}

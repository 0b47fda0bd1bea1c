package com.cloudnestle.marketplace.identity.internal.account;

import com.cloudnestle.marketplace.identity.internal.RandomSecret;
import com.cloudnestle.marketplace.identity.internal.Sha256;
import com.cloudnestle.marketplace.platform.FirstStartNotices;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Write;
import java.util.Map;
import java.util.Optional;

/** The way in for the first administrator: a link, told to the operator at each start while there is no administrator. */
final class SetupCode {

    private static final String NOTICE = "setup-link";
    private static final String HASH = "hash";
    private static final Key KEY = new Key(Table.SYSTEM, "setup", "code");

    private final Store store;
    private final AccountItems accounts;

    SetupCode(Store store, AccountItems accounts) {
        this.store = store;
        this.accounts = accounts;
    }

    boolean open() {
        return accounts.administrators() == 0;
    }

    /** The code of an earlier start ends. The notice comes first: a code that nobody was told helps nobody. */
    void tell(FirstStartNotices notices, Links links) {
        if (!open()) {
            return;
        }
        String code = RandomSecret.next();
        notices.post(NOTICE, """
                Nobody administers this marketplace yet. Make the first administrator's account here:

                    %s

                The link works once. Each start makes a new one until it was used.
                """.formatted(links.setup(code)));
        store.put(new Item(KEY, Map.of(HASH, Sha256.hex(code))));
    }

    /** Whether this is the code of the latest start. */
    boolean accepts(String code) {
        return RandomSecret.wellFormed(code) && open() && hash().filter(hash -> Sha256.same(hash, Sha256.hex(code))).isPresent();
    }

    /** What uses the code up, in the transaction that makes the account. */
    Write use(String code) {
        return new Write.Delete(KEY, Condition.equal(HASH, Sha256.hex(code)));
    }

    private Optional<String> hash() {
        return store.get(KEY).flatMap(item -> item.string(HASH));
    }
}

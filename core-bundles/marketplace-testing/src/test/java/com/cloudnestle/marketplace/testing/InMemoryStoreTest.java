package com.cloudnestle.marketplace.testing;

import com.cloudnestle.marketplace.store.Store;
import java.time.Instant;

final class InMemoryStoreTest implements StoreContract {

    private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final Store store = new InMemoryStore(clock);

    @Override
    public Store store() {
        return store;
    }

    @Override
    public ManualClock clock() {
        return clock;
    }
}

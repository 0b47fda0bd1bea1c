package com.cloudnestle.marketplace.entitlement.internal;

import com.cloudnestle.marketplace.quota.internal.CarriedCounts;
import com.cloudnestle.marketplace.testing.InMemoryStore;

class TakenOverInMemoryTest implements TakenOverCounts {

    @Override
    public OldWorld world() {
        return new OldWorld(InMemoryStore::new, CarriedCounts::new);
    }
}

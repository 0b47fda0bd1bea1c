package com.cloudnestle.marketplace.testing;

import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.entitlement.EntitlementService;
import com.cloudnestle.marketplace.identity.UserKeys;
import java.time.InstantSource;

class InMemoryUserKeysTest extends UserKeysContract {

    @Override
    protected UserKeys keys(EntitlementService entitlements, CatalogService catalog, InstantSource clock) {
        return new InMemoryUserKeys(entitlements, clock);
    }
}

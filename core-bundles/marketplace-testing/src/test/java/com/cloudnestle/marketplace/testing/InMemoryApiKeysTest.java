package com.cloudnestle.marketplace.testing;

import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.identity.ApiKeys;
import java.time.InstantSource;

class InMemoryApiKeysTest extends ApiKeysContract {

    @Override
    protected ApiKeys keys(CatalogService catalog, InstantSource clock) {
        return new InMemoryApiKeys(catalog, clock, ADMIN_KEY);
    }
}

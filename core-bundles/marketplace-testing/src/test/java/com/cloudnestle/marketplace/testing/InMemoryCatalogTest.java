package com.cloudnestle.marketplace.testing;

import com.cloudnestle.marketplace.catalog.CatalogService;

class InMemoryCatalogTest extends CatalogServiceContract {

    @Override
    protected CatalogService catalog() {
        InMemoryCatalog catalog = new InMemoryCatalog();
        catalog.addProfile(ONCE);
        return catalog;
    }
}

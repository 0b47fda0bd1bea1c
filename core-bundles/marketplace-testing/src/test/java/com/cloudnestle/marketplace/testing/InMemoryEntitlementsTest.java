package com.cloudnestle.marketplace.testing;

import com.cloudnestle.marketplace.audit.AuditLog;
import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.entitlement.EntitlementService;
import com.cloudnestle.marketplace.identity.CustomerDirectory;
import java.time.InstantSource;

class InMemoryEntitlementsTest extends EntitlementServiceContract {

    @Override
    protected EntitlementService service(
            CatalogService catalog, CustomerDirectory customers, AuditLog audit, InstantSource clock) {
        return new InMemoryEntitlements(catalog, customers, audit, clock);
    }
}

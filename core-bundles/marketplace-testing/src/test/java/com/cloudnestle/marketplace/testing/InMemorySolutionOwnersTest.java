package com.cloudnestle.marketplace.testing;

import com.cloudnestle.marketplace.audit.AuditLog;
import com.cloudnestle.marketplace.catalog.SolutionOwners;

class InMemorySolutionOwnersTest extends SolutionOwnersContract {

    @Override
    protected SolutionOwners owners(AuditLog audit) {
        return new InMemorySolutionOwners(audit);
    }
}

package com.cloudnestle.marketplace.rest.internal.resource;

import com.cloudnestle.marketplace.rest.internal.access.Callers;
import com.cloudnestle.marketplace.rest.internal.access.CustomerAccess;
import com.cloudnestle.marketplace.rest.internal.testing.Services;
import com.cloudnestle.marketplace.rest.internal.testing.TestServer;

/** All resources of this package over in-memory services. */
final class Resources {

    private Resources() {}

    static TestServer serve(Services s) {
        return new TestServer(
                new TokenResource(callers(s), s.catalog, s.customers, s.entitlements, s.tokens),
                new TokenLifeResource(callers(s), access(s), s.catalog, s.entitlements, s.tokens),
                new QuotaResource(callers(s), access(s), s.catalog, s.quota),
                new UsageResource(callers(s), access(s), s.catalog, s.quota, s.clock),
                new UserResource(callers(s), access(s), s.catalog, s.entitlements, new UserSolutions(s.catalog, s.quota)),
                solutions(s),
                new SolutionKeyResource(callers(s), s.catalog, s.keys),
                new AuditResource(callers(s), s.audit));
    }

    static SolutionResource solutions(Services s) {
        return new SolutionResource(s.catalog, callers(s));
    }

    private static Callers callers(Services s) {
        return new Callers(s.keys, s.tokens);
    }

    private static CustomerAccess access(Services s) {
        return new CustomerAccess(s.customers, s.entitlements);
    }
}

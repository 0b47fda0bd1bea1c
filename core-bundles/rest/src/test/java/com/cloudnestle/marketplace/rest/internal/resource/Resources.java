package com.cloudnestle.marketplace.rest.internal.resource;

import com.cloudnestle.marketplace.rest.RestRuntime;
import com.cloudnestle.marketplace.rest.internal.access.Callers;
import com.cloudnestle.marketplace.rest.internal.access.CustomerAccess;
import com.cloudnestle.marketplace.rest.internal.access.People;
import com.cloudnestle.marketplace.rest.internal.decision.Decisions;
import com.cloudnestle.marketplace.rest.internal.decision.Subjects;
import com.cloudnestle.marketplace.rest.internal.decision.TrackUsageResource;
import com.cloudnestle.marketplace.rest.internal.testing.Services;
import com.cloudnestle.marketplace.rest.internal.testing.TestServer;
import java.util.ArrayList;
import java.util.List;

/** The control plane over in-memory services. */
public final class Resources {

    private Resources() {}

    /** A server with all its resources. */
    static TestServer serve(Services services) {
        return new TestServer(all(services).toArray());
    }

    /** The resources as the control plane mounts them. */
    public static List<Object> all(Services services) {
        List<Object> mounted = new ArrayList<>();
        controlPlane(services, (path, resources, gate) -> {
            mounted.addAll(resources);
            return new Closed(path);
        });
        return mounted;
    }

    public static ControlPlane controlPlane(Services s, RestRuntime runtime) {
        Callers callers = new Callers(s.keys, s.tokens, new People(s.accounts, s.sessions, s.userKeys));
        CustomerAccess access = new CustomerAccess(s.customers, s.entitlements);
        return new ControlPlane(
                runtime,
                new TokenResource(callers, s.catalog, s.customers, s.entitlements, s.tokens),
                new TokenLifeResource(callers, access, s.catalog, s.entitlements, s.tokens),
                new TrackUsageResource(decisions(s), s.clock),
                new UsageResource(callers, access, s.catalog, s.quota, s.clock),
                new QuotaResource(callers, access, s.catalog, s.quota),
                new UserResource(callers, access, s.catalog, s.entitlements, new UserSolutions(s.catalog, s.quota)),
                new SolutionResource(s.catalog, callers),
                new SolutionKeyResource(callers, s.catalog, s.keys),
                new AuditResource(callers, s.audit));
    }

    public static Decisions decisions(Services s) {
        Callers callers = new Callers(s.keys, s.tokens, new People(s.accounts, s.sessions, s.userKeys));
        CustomerAccess access = new CustomerAccess(s.customers, s.entitlements);
        return new Decisions(s.catalog, new Subjects(s.tokens, callers, access, s.visitors, s.customers), s.quota);
    }

    public static UserSolutions userSolutions(Services s) {
        return new UserSolutions(s.catalog, s.quota);
    }

    /** A mount that serves nothing. */
    public record Closed(String path) implements RestRuntime.Mount {
        @Override
        public RestRuntime.Mount replace(List<Object> resources, com.cloudnestle.marketplace.rest.CallGate gate) {
            return this;
        }

        @Override
        public void close() {
            // nothing to close
        }
    }
}

package com.cloudnestle.marketplace.rest.internal.resource;

import com.cloudnestle.marketplace.rest.CallGate;
import com.cloudnestle.marketplace.rest.RestRuntime;
import com.cloudnestle.marketplace.rest.internal.decision.TrackUsageResource;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Serves the resources of the control plane at {@code /api} for as long as all of them can work. */
@Component(service = ControlPlane.class, immediate = true)
public final class ControlPlane {

    private final RestRuntime.Mount mount;

    @Activate
    public ControlPlane(
            @Reference RestRuntime runtime,
            @Reference TokenResource tokens,
            @Reference TokenLifeResource tokenLife,
            @Reference TrackUsageResource tracking,
            @Reference UsageResource usage,
            @Reference QuotaResource quotas,
            @Reference UserResource users,
            @Reference SolutionResource solutions,
            @Reference SolutionKeyResource keys,
            @Reference AuditResource audit) {
        mount = runtime.mount(
                "/api",
                List.of(tokens, tokenLife, tracking, usage, quotas, users, solutions, keys, audit),
                CallGate.OPEN);
    }

    @Deactivate
    public void close() {
        mount.close();
    }
}

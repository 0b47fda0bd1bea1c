package com.cloudnestle.marketplace.rest.internal.resource;

import com.cloudnestle.marketplace.audit.AuditLog;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.rest.internal.access.Callers;
import com.cloudnestle.marketplace.rest.internal.wire.AuditView;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Reads the audit log. Rule: the operator. */
@Component(service = AuditResource.class)
@Path("audit")
@Produces(MediaType.APPLICATION_JSON)
public final class AuditResource {

    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1000;

    private final Callers callers;
    private final AuditLog audit;

    @Activate
    public AuditResource(@Reference Callers callers, @Reference AuditLog audit) {
        this.callers = callers;
        this.audit = audit;
    }

    /** The newest entries, or those older than {@code before}. */
    @GET
    public Response latest(
            @HeaderParam("Authorization") @Nullable String authorization,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("before") @Nullable String before) {
        callers.of(authorization).mustBeAdmin();
        int most = Answers.number("limit", limit, DEFAULT_LIMIT, MAX_LIMIT);
        return Answers.ok(AuditView.of(audit.latest(most, sequence(before))));
    }

    private static @Nullable Long sequence(@Nullable String before) {
        if (before == null || before.isEmpty()) {
            return null;
        }
        if (!before.matches("[0-9]{1,18}")) {
            throw MarketplaceException.invalid("before", "must be a sequence number");
        }
        return Long.valueOf(before);
    }
}

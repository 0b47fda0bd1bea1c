package com.cloudnestle.marketplace.rest.internal.resource;

import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.identity.ApiKeys;
import com.cloudnestle.marketplace.rest.internal.access.Caller;
import com.cloudnestle.marketplace.rest.internal.access.Callers;
import com.cloudnestle.marketplace.rest.internal.wire.KeyRequest;
import com.cloudnestle.marketplace.rest.internal.wire.KeyView;
import com.cloudnestle.marketplace.rest.internal.wire.KeysView;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The keys by which a solution that runs elsewhere speaks for itself. Rule of all calls: the operator. */
@Component(service = SolutionKeyResource.class)
@Path("solutions/{solution_id}/keys")
@Produces(MediaType.APPLICATION_JSON)
public final class SolutionKeyResource {

    private final Callers callers;
    private final CatalogService catalog;
    private final ApiKeys keys;

    @Activate
    public SolutionKeyResource(@Reference Callers callers, @Reference CatalogService catalog, @Reference ApiKeys keys) {
        this.callers = callers;
        this.catalog = catalog;
        this.keys = keys;
    }

    /** Makes a key; the answer is the only place where it can be read. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response issue(
            @HeaderParam("Authorization") @Nullable String authorization,
            @PathParam("solution_id") String solution,
            @Nullable KeyRequest request) {
        Caller caller = admin(authorization);
        String name = Answers.required("name", Answers.body(request).name());
        String solutionId = catalog.require(solution).id();
        return Answers.of(201, KeyView.of(keys.issueSolutionKey(solutionId, name, caller.actor())));
    }

    @GET
    public Response list(
            @HeaderParam("Authorization") @Nullable String authorization, @PathParam("solution_id") String solution) {
        admin(authorization);
        String solutionId = catalog.require(solution).id();
        return Answers.ok(new KeysView(keys.solutionKeys(solutionId).stream().map(KeyView::of).toList()));
    }

    @DELETE
    @Path("{key_id}")
    public Response revoke(
            @HeaderParam("Authorization") @Nullable String authorization,
            @PathParam("solution_id") String solution,
            @PathParam("key_id") String keyId) {
        Caller caller = admin(authorization);
        keys.revokeSolutionKey(catalog.require(solution).id(), keyId, caller.actor());
        return Response.noContent().header("Cache-Control", "no-store").build();
    }

    private Caller admin(@Nullable String authorization) {
        Caller caller = callers.of(authorization);
        caller.mustBeAdmin();
        return caller;
    }
}

package com.cloudnestle.marketplace.rest.internal.resource;

import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.identity.Customer;
import com.cloudnestle.marketplace.quota.QuotaService;
import com.cloudnestle.marketplace.quota.Subject;
import com.cloudnestle.marketplace.rest.internal.access.Caller;
import com.cloudnestle.marketplace.rest.internal.access.Callers;
import com.cloudnestle.marketplace.rest.internal.access.CustomerAccess;
import com.cloudnestle.marketplace.rest.internal.wire.CustomerSolutionRequest;
import com.cloudnestle.marketplace.rest.internal.wire.QuotasView;
import jakarta.ws.rs.Consumes;
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

/** Where customers stand with their quotas. */
@Component(service = QuotaResource.class)
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class QuotaResource {

    private final Callers callers;
    private final CustomerAccess customers;
    private final CatalogService catalog;
    private final QuotaService quota;

    @Activate
    public QuotaResource(
            @Reference Callers callers,
            @Reference CustomerAccess customers,
            @Reference CatalogService catalog,
            @Reference QuotaService quota) {
        this.callers = callers;
        this.customers = customers;
        this.catalog = catalog;
        this.quota = quota;
    }

    /** Rule: the operator, the solution itself, the customer by a token of this solution. */
    @GET
    @Path("quotas/{customer_id}/{solution_id}")
    public Response quotas(
            @HeaderParam("Authorization") @Nullable String authorization,
            @PathParam("customer_id") String customerId,
            @PathParam("solution_id") String solution) {
        Caller caller = callers.of(authorization);
        Customer customer = customers.require(caller, customerId);
        String solutionId = catalog.require(solution).id();
        CustomerAccess.mustSeeSolution(caller, solutionId);
        return Answers.ok(QuotasView.of(customer, quota.states(new Subject.User(customer.id()), solutionId)));
    }

    /** Rule: the operator. */
    @POST
    @Path("reset-quota")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response reset(
            @HeaderParam("Authorization") @Nullable String authorization, @Nullable CustomerSolutionRequest request) {
        Caller caller = callers.of(authorization);
        caller.mustBeAdmin();
        CustomerSolutionRequest body = Answers.body(request);
        String solutionId = catalog.require(Answers.required("solution_id", body.solutionId())).id();
        Customer customer = customers.require(caller, body.customerId(), body.userEmail());
        return Answers.ok(
                QuotasView.of(customer, quota.reset(new Subject.User(customer.id()), solutionId, caller.actor())));
    }
}

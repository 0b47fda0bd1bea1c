package com.cloudnestle.marketplace.rest.internal.resource;

import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.entitlement.EntitlementService;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Customer;
import com.cloudnestle.marketplace.rest.internal.access.Caller;
import com.cloudnestle.marketplace.rest.internal.access.Callers;
import com.cloudnestle.marketplace.rest.internal.access.CustomerAccess;
import com.cloudnestle.marketplace.rest.internal.wire.CustomerSolutionRequest;
import com.cloudnestle.marketplace.rest.internal.wire.TierChangeView;
import com.cloudnestle.marketplace.rest.internal.wire.UserContextView.TokenInfo;
import com.cloudnestle.marketplace.rest.internal.wire.UserContextView;
import com.cloudnestle.marketplace.rest.internal.wire.UserSolutionsView;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Who somebody is, and what they may use. */
@Component(service = UserResource.class)
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class UserResource {

    private final Callers callers;
    private final CustomerAccess customers;
    private final CatalogService catalog;
    private final EntitlementService entitlements;
    private final UserSolutions views;

    @Activate
    public UserResource(
            @Reference Callers callers,
            @Reference CustomerAccess customers,
            @Reference CatalogService catalog,
            @Reference EntitlementService entitlements,
            @Reference UserSolutions views) {
        this.callers = callers;
        this.customers = customers;
        this.catalog = catalog;
        this.entitlements = entitlements;
        this.views = views;
    }

    /** Rule: the operator; the solution itself and the customer by a token, with the numbers of this one solution. */
    @GET
    @Path("user-context")
    public Response context(
            @HeaderParam("Authorization") @Nullable String authorization,
            @QueryParam("customer_id") @Nullable String customerId) {
        Caller caller = callers.of(authorization);
        Customer customer = customer(caller, customerId);
        Optional<String> only = CustomerAccess.onlySolution(caller);
        List<Entitlement> seen = entitlementsOf(customer, e -> only.isEmpty() || only.get().equals(e.solutionId()));
        Optional<Caller.TokenUser> user =
                caller instanceof Caller.TokenUser token ? Optional.of(token) : Optional.empty();
        return Answers.ok(new UserContextView(
                customer.id(),
                customer.email().value(),
                customer.createdAt().toString(),
                user.map(u -> u.holder().solutionId()).orElse(null),
                user.flatMap(u -> seen.stream().findFirst()).map(Entitlement::tier).orElse(null),
                user.map(u -> TokenInfo.of(u.holder())).orElse(null),
                seen.stream().map(views::withQuotas).toList()));
    }

    /** Rule: the operator and the customer see all; the solution itself sees only its own. */
    @GET
    @Path("user-solutions")
    public Response solutions(
            @HeaderParam("Authorization") @Nullable String authorization,
            @QueryParam("customer_id") @Nullable String customerId) {
        Caller caller = callers.of(authorization);
        Customer customer = customer(caller, customerId);
        List<Entitlement> seen = entitlementsOf(
                customer, e -> !(caller instanceof Caller.SolutionKey key) || key.solutionId().equals(e.solutionId()));
        return Answers.ok(new UserSolutionsView(
                customer.id(), customer.email().value(), seen.stream().map(views::withoutQuotas).toList()));
    }

    /** Rule: the operator. */
    @PUT
    @Path("user-tier")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response changeTier(
            @HeaderParam("Authorization") @Nullable String authorization, @Nullable CustomerSolutionRequest request) {
        Caller caller = callers.of(authorization);
        caller.mustBeAdmin();
        CustomerSolutionRequest body = Answers.body(request);
        String solutionId = catalog.require(Answers.required("solution_id", body.solutionId())).id();
        String tier = Answers.required("access_tier", body.accessTier());
        Customer customer = customers.require(caller, body.customerId(), body.userEmail());
        return Answers.ok(
                TierChangeView.of(entitlements.changeTier(customer.id(), solutionId, tier, caller.actor())));
    }

    /** The customer the query names, which a token's user may leave out. */
    private Customer customer(Caller caller, @Nullable String customerId) {
        if (customerId != null) {
            return customers.require(caller, customerId);
        }
        if (caller instanceof Caller.TokenUser user) {
            return customers.require(caller, user.holder().customerId());
        }
        if (caller instanceof Caller.Nobody) {
            throw Caller.credentialMissing("the user's solution token");
        }
        throw new MarketplaceException(Problem.BAD_REQUEST, "Name the customer: ?customer_id=cus_… or an e-mail address.");
    }

    private List<Entitlement> entitlementsOf(Customer customer, Predicate<Entitlement> visible) {
        return entitlements.ofCustomer(customer.id()).stream().filter(visible).toList();
    }
}

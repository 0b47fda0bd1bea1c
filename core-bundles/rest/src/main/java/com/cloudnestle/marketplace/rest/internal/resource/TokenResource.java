package com.cloudnestle.marketplace.rest.internal.resource;

import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.catalog.Tiers;
import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.entitlement.EntitlementService;
import com.cloudnestle.marketplace.entitlement.SolutionTokens;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.CustomerDirectory;
import com.cloudnestle.marketplace.identity.EmailAddress;
import com.cloudnestle.marketplace.rest.internal.access.Caller;
import com.cloudnestle.marketplace.rest.internal.access.Callers;
import com.cloudnestle.marketplace.rest.internal.wire.GenerateTokenRequest;
import com.cloudnestle.marketplace.rest.internal.wire.TokenView;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Gives people the token by which they use a solution. */
@Component(service = TokenResource.class)
@Path("/")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class TokenResource {

    private final Callers callers;
    private final CatalogService catalog;
    private final CustomerDirectory customers;
    private final EntitlementService entitlements;
    private final SolutionTokens tokens;

    @Activate
    public TokenResource(
            @Reference Callers callers,
            @Reference CatalogService catalog,
            @Reference CustomerDirectory customers,
            @Reference EntitlementService entitlements,
            @Reference SolutionTokens tokens) {
        this.callers = callers;
        this.catalog = catalog;
        this.customers = customers;
        this.entitlements = entitlements;
        this.tokens = tokens;
    }

    /** Rule: the operator; or the solution itself, for its free tier. */
    @POST
    @Path("generate-solution-token")
    public Response generate(
            @HeaderParam("Authorization") @Nullable String authorization, @Nullable GenerateTokenRequest request) {
        Caller caller = callers.of(authorization);
        GenerateTokenRequest body = Answers.body(request);
        CatalogEntry solution = catalog.require(Answers.required("solution_id", body.solutionId()));
        caller.mustServe(solution.id());
        String tier = body.accessTier() == null ? Tiers.REGISTERED : body.accessTier();
        if (!tier.equals(Tiers.REGISTERED)) {
            mustGiveTier(caller);
        }
        EmailAddress email = EmailAddress.parse("user_email", Answers.required("user_email", body.userEmail()));
        requireTier(solution, tier); // before anything is made, so that a wrong tier leaves no customer behind
        String customerId = customers.findOrCreate(email).id();
        Entitlement entitlement = entitlements.grant(customerId, solution.id(), tier, caller.actor());
        return Answers.ok(TokenView.of(tokens.issue(customerId, solution.id(), caller.actor()), entitlement.tier()));
    }

    /** The other documented name of {@link #generate}. */
    @POST
    @Path("generate-token")
    public Response generateByShortName(
            @HeaderParam("Authorization") @Nullable String authorization, @Nullable GenerateTokenRequest request) {
        return generate(authorization, request);
    }

    private static void mustGiveTier(Caller caller) {
        if (caller instanceof Caller.SolutionKey) {
            throw new MarketplaceException(
                    Problem.NOT_ALLOWED, "A solution's own key can only give the tier " + Tiers.REGISTERED + ".");
        }
    }

    private static void requireTier(CatalogEntry solution, String tier) {
        if (tier.equals(Tiers.ANONYMOUS) || solution.tier(tier).isEmpty()) {
            throw new MarketplaceException(Problem.TIER_UNKNOWN, solution.id() + " has no such tier to give.");
        }
    }
}

package com.cloudnestle.marketplace.rest.internal.resource;

import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.entitlement.EntitlementService;
import com.cloudnestle.marketplace.entitlement.SolutionTokens.IssuedToken;
import com.cloudnestle.marketplace.entitlement.SolutionTokens.TokenHolder;
import com.cloudnestle.marketplace.entitlement.SolutionTokens.TokenState;
import com.cloudnestle.marketplace.entitlement.SolutionTokens;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.rest.internal.access.Caller;
import com.cloudnestle.marketplace.rest.internal.access.Callers;
import com.cloudnestle.marketplace.rest.internal.access.CustomerAccess;
import com.cloudnestle.marketplace.rest.internal.wire.RevokedView;
import com.cloudnestle.marketplace.rest.internal.wire.TokenRequest;
import com.cloudnestle.marketplace.rest.internal.wire.TokenView;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Refreshes, rotates and revokes tokens. Rule of all three: whoever holds the token; or the operator and the solution
 * itself, by naming the customer.
 */
@Component(service = TokenLifeResource.class)
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class TokenLifeResource {

    private static final long MAX_GRACE_SECONDS = Duration.ofDays(30).toSeconds();

    private final Callers callers;
    private final CustomerAccess customers;
    private final CatalogService catalog;
    private final EntitlementService entitlements;
    private final SolutionTokens tokens;

    @Activate
    public TokenLifeResource(
            @Reference Callers callers,
            @Reference CustomerAccess customers,
            @Reference CatalogService catalog,
            @Reference EntitlementService entitlements,
            @Reference SolutionTokens tokens) {
        this.callers = callers;
        this.customers = customers;
        this.catalog = catalog;
        this.entitlements = entitlements;
        this.tokens = tokens;
    }

    /** Rule: whoever holds the token. */
    @POST
    @Path("refresh-token")
    public Response refresh(@HeaderParam("Authorization") @Nullable String authorization, InputStream requestBody)
            throws IOException {
        TokenRequest body = OptionalBody.tokenRequest(requestBody);
        // not through Callers: a token that has just expired can still be refreshed
        String token = givenToken(authorization, body)
                .orElseThrow(() -> Caller.credentialMissing("the token, in the body or"));
        return Answers.ok(view(tokens.refresh(token)));
    }

    /** Rule: whoever holds the token, as long as it is the current one; or the operator and the solution itself. */
    @POST
    @Path("rotate-token")
    public Response rotate(@HeaderParam("Authorization") @Nullable String authorization, InputStream requestBody)
            throws IOException {
        TokenRequest body = OptionalBody.tokenRequest(requestBody);
        Duration grace = grace(body.graceSeconds());
        if (body.token() == null && body.namesCustomer()) {
            Named named = named(callers.of(authorization), body);
            return Answers.ok(view(tokens.rotate(named.customerId, named.solutionId, grace, named.actor)));
        }
        String token = givenToken(authorization, body)
                .orElseThrow(() -> Caller.credentialMissing("the token, in the body or"));
        TokenHolder holder = tokens.authenticate(token);
        if (tokens.inspect(token).filter(known -> known.state() == TokenState.GRACE).isPresent()) {
            // otherwise a leaked old token could still turn out the new one
            throw new MarketplaceException(Problem.CONFLICT, "This token was rotated already; use the new one.");
        }
        String actor = actor(authorization, token, holder);
        return Answers.ok(view(tokens.rotate(holder.customerId(), holder.solutionId(), grace, actor)));
    }

    /** Rule: whoever holds the token; or the operator and the solution itself. */
    @DELETE
    @Path("revoke-token")
    public Response revoke(
            @HeaderParam("Authorization") @Nullable String authorization,
            @QueryParam("token") @Nullable String inQuery,
            InputStream requestBody) throws IOException {
        if (inQuery != null) {
            throw new MarketplaceException(
                    Problem.BAD_REQUEST, "Addresses end up in logs: send the token in the body or as Bearer.");
        }
        TokenRequest body = OptionalBody.tokenRequest(requestBody);
        if (body.token() == null && body.namesCustomer()) {
            Named named = named(callers.of(authorization), body);
            tokens.revokeAll(named.customerId, named.solutionId, named.actor);
            return Answers.ok(new RevokedView(true, null, named.customerId, named.solutionId));
        }
        String token = givenToken(authorization, body)
                .orElseThrow(() -> Caller.credentialMissing("the token, in the body or"));
        TokenHolder holder = tokens.inspect(token)
                .orElseThrow(() -> new MarketplaceException(Problem.TOKEN_UNKNOWN, "The solution token is not known."))
                .holder();
        tokens.revoke(token, actor(authorization, token, holder));
        return Answers.ok(new RevokedView(true, holder.tokenId(), holder.customerId(), holder.solutionId()));
    }

    private record Named(String customerId, String solutionId, String actor) {}

    private Named named(Caller caller, TokenRequest body) {
        String solutionId = catalog.require(Answers.required("solution_id", body.solutionId())).id();
        caller.mustServe(solutionId);
        return new Named(
                customers.require(caller, body.customerId(), body.userEmail()).id(), solutionId, caller.actor());
    }

    /** The token's user, unless a key was shown beside the token: then that key must be good for it, and is named. */
    private String actor(@Nullable String authorization, String token, TokenHolder holder) {
        if (Callers.bearer(authorization).filter(bearer -> !bearer.equals(token)).isEmpty()) {
            return holder.customerId();
        }
        Caller caller = callers.of(authorization);
        caller.mustServe(holder.solutionId());
        return caller.actor();
    }

    private static Optional<String> givenToken(@Nullable String authorization, TokenRequest body) {
        return Optional.ofNullable(body.token()).or(() -> Callers.bearer(authorization));
    }

    private static Duration grace(@Nullable Long seconds) {
        if (seconds == null) {
            return Duration.ZERO;
        }
        if (seconds < 0 || seconds > MAX_GRACE_SECONDS) {
            throw MarketplaceException.invalid("grace_seconds", "must be 0 to " + MAX_GRACE_SECONDS);
        }
        return Duration.ofSeconds(seconds);
    }

    private TokenView view(IssuedToken issued) {
        TokenHolder holder = issued.holder();
        String tier = entitlements.find(holder.customerId(), holder.solutionId())
                .map(Entitlement::tier)
                .orElseThrow(() -> new MarketplaceException(
                        Problem.ENTITLEMENT_UNKNOWN, "The customer has no access to this solution."));
        return TokenView.of(issued, tier);
    }
}

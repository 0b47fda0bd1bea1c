package com.cloudnestle.marketplace.rest.internal.people;

import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.UserKeys;
import com.cloudnestle.marketplace.rest.internal.access.Caller.Person;
import com.cloudnestle.marketplace.rest.internal.people.Requests.ApiKeyRequest;
import com.cloudnestle.marketplace.rest.internal.people.Requests.GraceRequest;
import com.cloudnestle.marketplace.rest.internal.people.Views.ApiKeyView;
import com.cloudnestle.marketplace.rest.internal.people.Views.ApiKeysView;
import com.cloudnestle.marketplace.rest.internal.people.Views.IssuedApiKeyView;
import com.cloudnestle.marketplace.rest.internal.resource.Answers;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** API keys of a person. Rule: the person; whoever looks on sees the list. */
@Component(service = AccountKeysResource.class)
@Path("api-keys")
@Produces(MediaType.APPLICATION_JSON)
public final class AccountKeysResource {

    private final SignedIn signedIn;
    private final CatalogService catalog;
    private final UserKeys keys;

    @Activate
    public AccountKeysResource(@Reference SignedIn signedIn, @Reference CatalogService catalog, @Reference UserKeys keys) {
        this.signedIn = signedIn;
        this.catalog = catalog;
        this.keys = keys;
    }

    @GET
    public Response list() {
        return Answers.ok(new ApiKeysView(
                keys.ofCustomer(signedIn.person().account().id()).stream().map(ApiKeyView::of).toList()));
    }

    /** The one answer that shows the key. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response issue(@Nullable ApiKeyRequest sent) {
        Person person = signedIn.owner();
        ApiKeyRequest body = Answers.body(sent);
        CatalogEntry solution = catalog.require(Answers.required("solution_id", body.solutionId()));
        String name = Answers.required("name", body.name());
        return Answers.of(201, IssuedApiKeyView.of(keys.issue(
                person.account().id(), solution.id(), name, actions(solution, body.actions()), expiry(body.expiresAt()))));
    }

    @POST
    @Path("{id}/rotate")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response rotate(@PathParam("id") String id, @Nullable GraceRequest sent) {
        Person person = signedIn.owner();
        return Answers.ok(IssuedApiKeyView.of(
                keys.rotate(person.account().id(), id, AccountSolutionsResource.grace(Answers.body(sent)))));
    }

    @DELETE
    @Path("{id}")
    public Response revoke(@PathParam("id") String id) {
        Person person = signedIn.owner();
        keys.revoke(person.account().id(), id, person.actor());
        return Answers.done();
    }

    private static Set<String> actions(CatalogEntry solution, @Nullable List<String> wanted) {
        Set<String> actions = new HashSet<>();
        for (String action : wanted == null ? List.<String>of() : wanted) {
            if (action == null || !solution.hasAction(action)) {
                throw new MarketplaceException(Problem.ACTION_UNKNOWN, "The solution " + solution.id() + " has no such action.");
            }
            actions.add(action);
        }
        return actions;
    }

    private static Optional<Instant> expiry(@Nullable String text) {
        try {
            return text == null || text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            throw MarketplaceException.invalid("expires_at", "must be a time such as 2027-01-31T00:00:00Z");
        }
    }
}

package com.cloudnestle.marketplace.rest.internal.people;

import com.cloudnestle.marketplace.identity.ExternalSignIn.Identity;
import com.cloudnestle.marketplace.rest.internal.access.Caller.Person;
import com.cloudnestle.marketplace.rest.internal.edge.Clients;
import com.cloudnestle.marketplace.rest.internal.people.Views.IdentitiesView;
import com.cloudnestle.marketplace.rest.internal.people.Views.IdentityView;
import com.cloudnestle.marketplace.rest.internal.resource.Answers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Accounts elsewhere that open a person's account. Adding one begins at {@link ProvidersResource}. */
@Component(service = IdentitiesResource.class)
@Path("identities")
@Produces(MediaType.APPLICATION_JSON)
public final class IdentitiesResource {

    private final SignedIn signedIn;
    private final OtherWaysIn ways;
    private final Clients clients;

    @Activate
    public IdentitiesResource(@Reference SignedIn signedIn, @Reference OtherWaysIn ways, @Reference Clients clients) {
        this.signedIn = signedIn;
        this.ways = ways;
        this.clients = clients;
    }

    /** Rule: signed in. */
    @GET
    public Response list() {
        Person person = signedIn.person();
        List<Identity> all = ways.providers().map(providers -> providers.ofAccount(person.account().id())).orElse(List.of());
        return Answers.ok(new IdentitiesView(all.stream().map(IdentityView::of).toList()));
    }

    /** Rule: the person, proved again. */
    @DELETE
    @Path("{provider}")
    public Response unlink(@Context HttpServletRequest request, @PathParam("provider") String provider) {
        Person person = signedIn.proved();
        ways.requireProviders().unlink(person.account().id(), provider, clients.of(request));
        return Answers.done();
    }
}

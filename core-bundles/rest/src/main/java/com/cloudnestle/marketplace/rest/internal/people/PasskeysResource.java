package com.cloudnestle.marketplace.rest.internal.people;

import com.cloudnestle.marketplace.identity.Passkeys.Passkey;
import com.cloudnestle.marketplace.rest.internal.access.Caller.Person;
import com.cloudnestle.marketplace.rest.internal.edge.Clients;
import com.cloudnestle.marketplace.rest.internal.people.Requests.PasskeyAnswer;
import com.cloudnestle.marketplace.rest.internal.people.Requests.PasskeyNameRequest;
import com.cloudnestle.marketplace.rest.internal.people.Views.CeremonyView;
import com.cloudnestle.marketplace.rest.internal.people.Views.PasskeyView;
import com.cloudnestle.marketplace.rest.internal.people.Views.PasskeysView;
import com.cloudnestle.marketplace.rest.internal.resource.Answers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Passkeys of a person. Rule: the person; to add or remove one, proved again, since it opens the account for good. */
@Component(service = PasskeysResource.class)
@Path("passkeys")
@Produces(MediaType.APPLICATION_JSON)
public final class PasskeysResource {

    private final SignedIn signedIn;
    private final OtherWaysIn ways;
    private final Clients clients;

    @Activate
    public PasskeysResource(@Reference SignedIn signedIn, @Reference OtherWaysIn ways, @Reference Clients clients) {
        this.signedIn = signedIn;
        this.ways = ways;
        this.clients = clients;
    }

    /** Rule: signed in. */
    @GET
    public Response list() {
        Person person = signedIn.person();
        List<Passkey> all = ways.passkeys().map(passkeys -> passkeys.ofAccount(person.account().id())).orElse(List.of());
        return Answers.ok(new PasskeysView(all.stream().map(PasskeyView::of).toList()));
    }

    /** Rule: the person, proved again. */
    @POST
    @Path("options")
    public Response begin() {
        Person person = signedIn.proved();
        return Answers.ok(CeremonyView.of(ways.requirePasskeys().beginRegistration(person.account().id())));
    }

    /** Rule: the person, proved again when they began. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response add(@Context HttpServletRequest request, @Nullable PasskeyAnswer sent) {
        Person person = signedIn.proved(SignedIn.CEREMONY);
        PasskeyAnswer body = Answers.body(sent);
        String ticket = Answers.required("ticket", body.ticket());
        String name = body.name() == null ? "" : body.name();
        return Answers.of(201, PasskeyView.of(ways.requirePasskeys().register(
                person.account().id(), ticket, body.credentialText(), name, clients.of(request))));
    }

    /** Rule: the person. */
    @PATCH
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response rename(@PathParam("id") String id, @Nullable PasskeyNameRequest sent) {
        Person person = signedIn.owner();
        String name = Answers.required("name", Answers.body(sent).name());
        ways.requirePasskeys().rename(person.account().id(), id, name);
        return Answers.done();
    }

    /** Rule: the person, proved again. */
    @DELETE
    @Path("{id}")
    public Response remove(@Context HttpServletRequest request, @PathParam("id") String id) {
        Person person = signedIn.proved();
        ways.requirePasskeys().remove(person.account().id(), id, clients.of(request));
        return Answers.done();
    }
}

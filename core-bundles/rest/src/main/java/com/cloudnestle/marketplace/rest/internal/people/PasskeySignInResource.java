package com.cloudnestle.marketplace.rest.internal.people;

import com.cloudnestle.marketplace.rest.internal.edge.Clients;
import com.cloudnestle.marketplace.rest.internal.people.Requests.PasskeyAnswer;
import com.cloudnestle.marketplace.rest.internal.people.Requests.TicketRequest;
import com.cloudnestle.marketplace.rest.internal.people.Views.CeremonyView;
import com.cloudnestle.marketplace.rest.internal.resource.Answers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Signing in with a passkey, alone or as the second step. Rule: anybody. */
@Component(service = PasskeySignInResource.class)
@Path("passkey")
@Produces(MediaType.APPLICATION_JSON)
public final class PasskeySignInResource {

    private final OtherWaysIn ways;
    private final Clients clients;
    private final SessionCookies cookies;

    @Activate
    public PasskeySignInResource(@Reference OtherWaysIn ways, @Reference Clients clients, @Reference SessionCookies cookies) {
        this.ways = ways;
        this.clients = clients;
        this.cookies = cookies;
    }

    @POST
    @Path("options")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response begin(@Nullable TicketRequest sent) {
        Optional<String> secondStep = Optional.ofNullable(Answers.body(sent).ticket()).filter(ticket -> !ticket.isBlank());
        return Answers.ok(CeremonyView.of(ways.requirePasskeys().beginSignIn(secondStep)));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response signIn(@Context HttpServletRequest request, @Nullable PasskeyAnswer sent) {
        PasskeyAnswer body = Answers.body(sent);
        String ticket = Answers.required("ticket", body.ticket());
        return SignInResource.answer(
                request, ways.requirePasskeys().signIn(ticket, body.credentialText(), clients.of(request)), cookies);
    }
}

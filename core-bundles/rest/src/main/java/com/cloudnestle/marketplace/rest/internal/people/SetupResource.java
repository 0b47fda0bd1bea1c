package com.cloudnestle.marketplace.rest.internal.people;

import com.cloudnestle.marketplace.identity.EmailAddress;
import com.cloudnestle.marketplace.identity.SignUp;
import com.cloudnestle.marketplace.rest.internal.edge.Clients;
import com.cloudnestle.marketplace.rest.internal.people.Requests.SetupRequest;
import com.cloudnestle.marketplace.rest.internal.people.Views.SetupView;
import com.cloudnestle.marketplace.rest.internal.resource.Answers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
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

/** Makes the first administrator. Rule: whoever has the code of the first start. */
@Component(service = SetupResource.class)
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class SetupResource {

    private final SignUp signUp;
    private final Visits visits;
    private final Clients clients;
    private final SessionCookies cookies;

    @Activate
    public SetupResource(
            @Reference SignUp signUp, @Reference Visits visits, @Reference Clients clients, @Reference SessionCookies cookies) {
        this.signUp = signUp;
        this.visits = visits;
        this.clients = clients;
        this.cookies = cookies;
    }

    @GET
    public Response open() {
        return Answers.ok(new SetupView(signUp.setupOpen()));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response setUp(@Context HttpServletRequest request, @Nullable SetupRequest sent) {
        SetupRequest body = Answers.body(sent);
        String code = Answers.required("code", body.code());
        EmailAddress email = Answers.email(body.email());
        String password = Answers.required("password", body.password());
        SignUp.Request first = new SignUp.Request(
                email, password, body.name() == null ? "" : body.name(), Clients.language(request), Optional.empty());
        return SignUpResource.confirmed(request, signUp.setUp(code, first, clients.of(request)), visits, cookies);
    }
}

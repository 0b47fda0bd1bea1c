package com.cloudnestle.marketplace.rest.internal.people;

import com.cloudnestle.marketplace.identity.Accounts;
import com.cloudnestle.marketplace.identity.Client;
import com.cloudnestle.marketplace.identity.EmailAddress;
import com.cloudnestle.marketplace.identity.SignIn;
import com.cloudnestle.marketplace.rest.internal.edge.Clients;
import com.cloudnestle.marketplace.rest.internal.people.Requests.ForgotRequest;
import com.cloudnestle.marketplace.rest.internal.people.Requests.ResetRequest;
import com.cloudnestle.marketplace.rest.internal.people.Requests.SignInCodeRequest;
import com.cloudnestle.marketplace.rest.internal.people.Requests.SignInRequest;
import com.cloudnestle.marketplace.rest.internal.people.Views.SignInView;
import com.cloudnestle.marketplace.rest.internal.resource.Answers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Signing in and out, and the way back without a password. Rule: anybody. */
@Component(service = SignInResource.class)
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class SignInResource {

    private final SignIn signIn;
    private final Accounts accounts;
    private final Clients clients;
    private final SessionCookies cookies;

    @Activate
    public SignInResource(
            @Reference SignIn signIn, @Reference Accounts accounts, @Reference Clients clients, @Reference SessionCookies cookies) {
        this.signIn = signIn;
        this.accounts = accounts;
        this.clients = clients;
        this.cookies = cookies;
    }

    @POST
    @Path("sign-in")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response withPassword(@Context HttpServletRequest request, @Nullable SignInRequest sent) {
        SignInRequest body = Answers.body(sent);
        EmailAddress email = Answers.email(body.email());
        String password = Answers.required("password", body.password());
        Client client = clients.of(request);
        return answer(request, signIn.withPassword(email, password, client.device(), client), cookies);
    }

    @POST
    @Path("sign-in/code")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response withCode(@Context HttpServletRequest request, @Nullable SignInCodeRequest sent) {
        SignInCodeRequest body = Answers.body(sent);
        String ticket = Answers.required("ticket", body.ticket());
        String code = Answers.required("code", body.code());
        return answer(request, signIn.withCode(ticket, code, clients.of(request)), cookies);
    }

    @POST
    @Path("sign-out")
    public Response signOut(@Context HttpServletRequest request) {
        return Answers.of(204, null, cookies.closed(request));
    }

    @POST
    @Path("password/forgot")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response forgot(@Context HttpServletRequest request, @Nullable ForgotRequest sent) {
        accounts.forgotPassword(Answers.email(Answers.body(sent).email()), clients.of(request));
        return Answers.of(202, null, List.of());
    }

    @POST
    @Path("password/reset")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response reset(@Context HttpServletRequest request, @Nullable ResetRequest sent) {
        ResetRequest body = Answers.body(sent);
        String code = Answers.required("code", body.code());
        accounts.resetPassword(code, Answers.required("password", body.password()), clients.of(request));
        return Answers.done();
    }

    /** Cookies only when it is done: a ticket is no session. */
    static Response answer(HttpServletRequest request, SignIn.Step step, SessionCookies cookies) {
        return Answers.of(200, SignInView.of(step),
                step instanceof SignIn.Done done ? cookies.opened(request, done.session()) : List.of());
    }
}

package com.cloudnestle.marketplace.rest.internal.people;

import com.cloudnestle.marketplace.identity.EmailAddress;
import com.cloudnestle.marketplace.identity.SignUp;
import com.cloudnestle.marketplace.identity.SignUp.Confirmed;
import com.cloudnestle.marketplace.identity.SignUp.Pending;
import com.cloudnestle.marketplace.identity.SignUp.Proof;
import com.cloudnestle.marketplace.rest.internal.edge.Clients;
import com.cloudnestle.marketplace.rest.internal.people.Requests.ConfirmRequest;
import com.cloudnestle.marketplace.rest.internal.people.Requests.SignUpRequest;
import com.cloudnestle.marketplace.rest.internal.people.Views.AccountView;
import com.cloudnestle.marketplace.rest.internal.people.Views.ConfirmedView;
import com.cloudnestle.marketplace.rest.internal.people.Views.StatusView;
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

/** From an address to an account. Rule: anybody; what an address has is not told to who does not read its mail. */
@Component(service = SignUpResource.class)
@Path("sign-up")
@Produces(MediaType.APPLICATION_JSON)
public final class SignUpResource {

    private final SignUp signUp;
    private final Visits visits;
    private final Clients clients;
    private final SessionCookies cookies;

    @Activate
    public SignUpResource(
            @Reference SignUp signUp, @Reference Visits visits, @Reference Clients clients, @Reference SessionCookies cookies) {
        this.signUp = signUp;
        this.visits = visits;
        this.clients = clients;
        this.cookies = cookies;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response begin(@Context HttpServletRequest request, @Nullable SignUpRequest sent) {
        SignUpRequest body = Answers.body(sent);
        EmailAddress email = Answers.email(body.email());
        String password = Answers.required("password", body.password());
        Pending pending = signUp.begin(new SignUp.Request(
                email,
                password,
                body.name() == null ? "" : body.name(),
                body.language() == null ? Clients.language(request) : body.language(),
                visits.of(request, body.solutionId(), body.returnUrl(), body.codeChallenge())), clients.of(request));
        return Answers.of(202, new StatusView("mail_sent"), List.of(cookies.pendingSet(pending.secret())));
    }

    /** The password stands for the cookie where the mail is read in another browser. */
    @POST
    @Path("confirm")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response confirm(@Context HttpServletRequest request, @Nullable ConfirmRequest sent) {
        ConfirmRequest body = Answers.body(sent);
        String code = Answers.required("code", body.code());
        Proof proof = body.password() != null
                ? new Proof.Password(body.password())
                : new Proof.PendingSecret(cookies.pending(request)
                        .orElseGet(() -> Answers.required("password", null)));
        return confirmed(request, signUp.confirm(code, proof, clients.of(request)), visits, cookies);
    }

    @POST
    @Path("resend")
    public Response resend(@Context HttpServletRequest request) {
        cookies.pending(request).ifPresent(secret -> signUp.resend(secret, clients.of(request)));
        return Answers.of(202, null, List.of());
    }

    static Response confirmed(HttpServletRequest request, Confirmed made, Visits visits, SessionCookies cookies) {
        return Answers.of(200,
                new ConfirmedView(AccountView.of(made.account()), visits.next(made.account(), made.visit())),
                cookies.opened(request, made.session()));
    }
}

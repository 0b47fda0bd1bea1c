package com.cloudnestle.marketplace.rest.internal.people;

import com.cloudnestle.marketplace.identity.SecondFactors;
import com.cloudnestle.marketplace.rest.internal.edge.Clients;
import com.cloudnestle.marketplace.rest.internal.people.Requests.CodeRequest;
import com.cloudnestle.marketplace.rest.internal.people.Views.EnrolmentView;
import com.cloudnestle.marketplace.rest.internal.people.Views.RecoveryCodesView;
import com.cloudnestle.marketplace.rest.internal.resource.Answers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * A second factor of a person. Rule: the person, proved again: whoever found a browser open could shut its owner out with a
 * factor of their own.
 */
@Component(service = AuthenticatorResource.class)
@Path("authenticator")
@Produces(MediaType.APPLICATION_JSON)
public final class AuthenticatorResource {

    private final SignedIn signedIn;
    private final SecondFactors factors;
    private final Clients clients;

    @Activate
    public AuthenticatorResource(@Reference SignedIn signedIn, @Reference SecondFactors factors, @Reference Clients clients) {
        this.signedIn = signedIn;
        this.factors = factors;
        this.clients = clients;
    }

    @POST
    public Response begin() {
        SecondFactors.Enrolment begun = factors.begin(signedIn.proved().account().id());
        return Answers.ok(new EnrolmentView(begun.secret(), begun.uri()));
    }

    @POST
    @Path("confirm")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response confirm(@Context HttpServletRequest request, @Nullable CodeRequest sent) {
        String accountId = signedIn.proved(SignedIn.CEREMONY).account().id();
        String code = Answers.required("code", Answers.body(sent).code());
        return Answers.ok(new RecoveryCodesView(factors.confirm(accountId, code, clients.of(request))));
    }

    @POST
    @Path("recovery-codes")
    public Response renew(@Context HttpServletRequest request) {
        return Answers.ok(new RecoveryCodesView(
                factors.renewRecoveryCodes(signedIn.proved().account().id(), clients.of(request))));
    }

    @DELETE
    public Response remove(@Context HttpServletRequest request) {
        factors.remove(signedIn.proved().account().id(), clients.of(request));
        return Answers.done();
    }
}

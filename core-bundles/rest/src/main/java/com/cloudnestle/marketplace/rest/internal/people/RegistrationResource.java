package com.cloudnestle.marketplace.rest.internal.people;

import com.cloudnestle.marketplace.identity.Account;
import com.cloudnestle.marketplace.rest.internal.people.Requests.RegistrationRequest;
import com.cloudnestle.marketplace.rest.internal.resource.Answers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
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

/** Access to a solution for whoever is signed in. Rule: the person. */
@Component(service = RegistrationResource.class)
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class RegistrationResource {

    private final SignedIn signedIn;
    private final Visits visits;

    @Activate
    public RegistrationResource(@Reference SignedIn signedIn, @Reference Visits visits) {
        this.signedIn = signedIn;
        this.visits = visits;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response register(@Context HttpServletRequest request, @Nullable RegistrationRequest sent) {
        Account account = signedIn.owner().account();
        RegistrationRequest body = Answers.body(sent);
        String solutionId = Answers.required("solution_id", body.solutionId());
        return Answers.ok(visits.depart(account, visits.require(request, solutionId, body.returnUrl(), body.codeChallenge())));
    }
}

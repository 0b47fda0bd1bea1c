package com.cloudnestle.marketplace.rest.internal.people;

import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.entitlement.EntitlementService;
import com.cloudnestle.marketplace.entitlement.Handover;
import com.cloudnestle.marketplace.entitlement.SolutionTokens.IssuedToken;
import com.cloudnestle.marketplace.entitlement.SolutionTokens.TokenHolder;
import com.cloudnestle.marketplace.rest.internal.edge.Clients;
import com.cloudnestle.marketplace.rest.internal.people.Requests.ExchangeRequest;
import com.cloudnestle.marketplace.rest.internal.people.Views.ExchangeView;
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

/** Gives the page a person came back to the token behind its code. Rule: whoever has the code, and the secret of its page. */
@Component(service = ExchangeResource.class)
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class ExchangeResource {

    private final Handover handover;
    private final EntitlementService entitlements;

    @Activate
    public ExchangeResource(@Reference Handover handover, @Reference EntitlementService entitlements) {
        this.handover = handover;
        this.entitlements = entitlements;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response exchange(@Context HttpServletRequest request, @Nullable ExchangeRequest sent) {
        ExchangeRequest body = Answers.body(sent);
        String code = Answers.required("code", body.code());
        String solutionId = Answers.required("solution_id", body.solutionId());
        IssuedToken issued = handover.exchange(code, solutionId, body.codeVerifier(), Clients.foreignOrigin(request));
        TokenHolder holder = issued.holder();
        String tier = entitlements.find(holder.customerId(), holder.solutionId()).map(Entitlement::tier).orElse("");
        return Answers.ok(new ExchangeView(issued.token(), holder.email(), holder.solutionId(), tier));
    }
}

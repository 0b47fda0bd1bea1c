package com.cloudnestle.marketplace.rest.internal.payment;

import com.cloudnestle.marketplace.rest.internal.access.Callers;
import com.cloudnestle.marketplace.rest.internal.payment.PaymentViews.GatewaysView;
import com.cloudnestle.marketplace.rest.internal.resource.Answers;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The gateways that are installed, also those that buyers are not offered, and why. Rule: the operator. */
@Component(service = GatewayResource.class)
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class GatewayResource {

    private final Callers callers;
    private final InstalledPayments payments;

    @Activate
    public GatewayResource(@Reference Callers callers, @Reference InstalledPayments payments) {
        this.callers = callers;
        this.payments = payments;
    }

    @GET
    public Response all(@HeaderParam("Authorization") @Nullable String authorization) {
        callers.of(authorization).mustBeAdmin();
        return Answers.ok(GatewaysView.of(payments.require().gateways()));
    }
}

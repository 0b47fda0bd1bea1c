package com.cloudnestle.marketplace.rest.internal.decision;

import com.cloudnestle.marketplace.rest.internal.http.Bodies;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Counts what was used, after the fact. Reads the same body as validate and shares its idempotency keys, so that a call
 * that was validated and then tracked under one key counts once.
 */
@Component(service = TrackUsageResource.class)
@Path("track-usage")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class TrackUsageResource {

    private final Decisions decisions;
    private final InstantSource clock;

    @Activate
    public TrackUsageResource(@Reference Decisions decisions, @Reference InstantSource clock) {
        this.decisions = decisions;
        this.clock = clock;
    }

    /** Rule: whoever holds the user's token; or the operator and the solution itself, for a customer or visitor they name. */
    @POST
    public Response track(
            @HeaderParam("Authorization") @Nullable String authorization,
            @HeaderParam(ValidateServlet.IDEMPOTENCY_KEY) @Nullable String idempotencyKey,
            InputStream body) throws IOException {
        DecisionRequest ask = DecisionReader.read(Bodies.required(Bodies.bounded(body)));
        Presented presented = new Presented(authorization, idempotencyKey, null, null);
        DecisionAnswer answer = DecisionAnswer.of(decisions.decide(ask, presented), clock.instant());
        Response.ResponseBuilder response = Response.status(answer.status())
                .entity(answer.body())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header("Cache-Control", "no-store");
        answer.headers().forEach(response::header);
        return response.build();
    }
}

package com.cloudnestle.marketplace.rest.internal.testing;

import com.cloudnestle.marketplace.error.MarketplaceException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.Map;

/** As much of the runtime's problem answers as tests of resources look at. */
public final class ProblemMapper implements ExceptionMapper<MarketplaceException> {
    @Override
    public Response toResponse(MarketplaceException e) {
        return Response.status(e.problem().status())
                .type("application/problem+json")
                .entity(Map.of("code", e.problem().code(), "detail", e.getMessage(), "errors", e.fieldErrors()))
                .build();
    }
}

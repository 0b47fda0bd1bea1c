package com.cloudnestle.marketplace.rest.internal.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.Map;

/** What the runtime answers to a body that is no JSON, or not of the form that is asked for. */
final class UnreadableJsonMapper implements ExceptionMapper<JsonProcessingException> {
    @Override
    public Response toResponse(JsonProcessingException e) {
        return Response.status(400).type("application/problem+json").entity(Map.of("code", "malformed-json")).build();
    }
}

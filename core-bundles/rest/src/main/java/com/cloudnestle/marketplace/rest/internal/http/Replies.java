package com.cloudnestle.marketplace.rest.internal.http;

import com.cloudnestle.marketplace.error.FieldError;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.fasterxml.jackson.core.JsonGenerator;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** How servlets answer: JSON bodies and RFC 9457 problems. Nothing here may be kept by caches. */
public final class Replies {

    private Replies() {}

    /** A JSON answer. */
    public static void json(HttpServletResponse response, int status, byte[] body) throws IOException {
        send(response, status, "application/json", body);
    }

    /**
     * The problem as {@code application/problem+json}.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457, Problem Details for HTTP APIs</a>
     */
    public static void problem(HttpServletResponse response, MarketplaceException e, String requestId) throws IOException {
        Problem problem = e.problem();
        if (problem.status() == HttpServletResponse.SC_UNAUTHORIZED) {
            response.setHeader("WWW-Authenticate", "Bearer");
        }
        send(response, problem.status(), "application/problem+json", Json.write(json -> problemBody(json, e, requestId)));
    }

    /** The problem of a method the address does not know; {@code allow} is the list for the Allow header. */
    public static void methodNotAllowed(HttpServletResponse response, String allow, String requestId) throws IOException {
        response.setHeader("Allow", allow);
        problem(response, new MarketplaceException(Problem.METHOD_NOT_ALLOWED, "Use " + allow + "."), requestId);
    }

    /** The answer to OPTIONS. */
    public static void options(HttpServletResponse response, String allow) {
        response.setHeader("Allow", allow);
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    private static void problemBody(JsonGenerator json, MarketplaceException e, String requestId) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "/problems/" + e.problem().code());
        json.writeStringField("title", e.problem().title());
        json.writeNumberField("status", e.problem().status());
        json.writeStringField("detail", e.getMessage());
        json.writeStringField("instance", requestId);
        json.writeStringField("code", e.problem().code());
        if (!e.fieldErrors().isEmpty()) {
            json.writeArrayFieldStart("errors");
            for (FieldError error : e.fieldErrors()) {
                json.writeStartObject();
                json.writeStringField("field", error.field());
                json.writeStringField("message", error.message());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void send(HttpServletResponse response, int status, String type, byte[] body) throws IOException {
        response.setStatus(status);
        response.setContentType(type);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}

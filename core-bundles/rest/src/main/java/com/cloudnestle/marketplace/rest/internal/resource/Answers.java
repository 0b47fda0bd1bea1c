package com.cloudnestle.marketplace.rest.internal.resource;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.EmailAddress;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers of the resources, and the checks every body goes through. Answers may not be kept by caches. */
public final class Answers {

    private Answers() {}

    public static Response ok(Object body) {
        return of(200, body);
    }

    public static Response of(int status, Object body) {
        return Response.status(status)
                .entity(body)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header("Cache-Control", "no-store")
                .build();
    }

    /** An answer that also sets cookies. */
    public static Response of(int status, @Nullable Object body, List<String> cookies) {
        Response.ResponseBuilder answer = Response.status(status).header("Cache-Control", "no-store");
        if (body != null) {
            answer.entity(body).type(MediaType.APPLICATION_JSON_TYPE);
        }
        cookies.forEach(cookie -> answer.header("Set-Cookie", cookie));
        return answer.build();
    }

    /** 204. */
    public static Response done() {
        return of(204, null, List.of());
    }

    /** The body of a call that cannot do without one. */
    public static <T> T body(@Nullable T body) {
        if (body == null) {
            throw new MarketplaceException(Problem.MALFORMED_JSON, "The body is empty; a JSON object is expected.");
        }
        return body;
    }

    /** The value of a field that must be there. */
    public static String required(String field, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw MarketplaceException.invalid(field, "is required");
        }
        return value;
    }

    /** The address in the field {@code email}, which must be there. */
    public static EmailAddress email(@Nullable String text) {
        return EmailAddress.parse("email", required("email", text));
    }

    /** A number given in the query. */
    public static int number(String field, @Nullable String text, int fallback, int max) {
        if (text == null || text.isEmpty()) {
            return fallback;
        }
        if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > max) {
            throw MarketplaceException.invalid(field, "must be 1 to " + max);
        }
        return Integer.parseInt(text);
    }
}

package com.cloudnestle.marketplace.rest;

import com.cloudnestle.marketplace.error.FieldError;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How a failure is told over HTTP: RFC 9457 problem details. Pure functions, used by whatever answers outside JAX-RS
 * (servlets) and by the REST runtime itself, so that every problem looks the same.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457, Problem Details for HTTP APIs</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-3">RFC 6750, the WWW-Authenticate field</a>
 */
public final class ProblemAnswers {

    /** Media type of the body. */
    public static final String CONTENT_TYPE = "application/problem+json";

    /** Request header that names the request, and answer header that repeats the name in use. */
    public static final String REQUEST_ID = "X-Request-Id";

    private ProblemAnswers() {}

    /** Header names and values to send with a problem: nothing may store it, and a 401 says how to authenticate. */
    public static Map<String, String> headers(Problem problem) {
        if (problem.status() != 401) {
            return Map.of("Cache-Control", "no-store");
        }
        String challenge = problem == Problem.CREDENTIALS_MISSING ? "Bearer" : "Bearer error=\"invalid_token\"";
        return Map.of("Cache-Control", "no-store", "WWW-Authenticate", challenge);
    }

    /** Those of its problem, and {@code Retry-After} if the failure says when to try again. */
    public static Map<String, String> headers(MarketplaceException failure) {
        Map<String, String> headers = new HashMap<>(headers(failure.problem()));
        failure.retryAfter().ifPresent(wait -> // rounded up: who waits so long gets in
                headers.put("Retry-After", Long.toString(Math.max(1, wait.plusMillis(999).toSeconds()))));
        return Map.copyOf(headers);
    }

    /** The body for an exception. */
    public static String json(MarketplaceException failure, String requestId) {
        return json(failure.problem(), String.valueOf(failure.getMessage()), failure.fieldErrors(), requestId);
    }

    /** The body of a problem without field errors. */
    public static String json(Problem problem, String detail, String requestId) {
        return json(problem, detail, List.of(), requestId);
    }

    /**
     * The body as JSON text: {@code type} ({@code /problems/<code>}), {@code title}, {@code status}, {@code detail},
     * {@code instance} (the request id), {@code code}, and {@code errors} if there are field errors.
     *
     * @param detail for the caller's eyes
     */
    public static String json(Problem problem, String detail, List<FieldError> errors, String requestId) {
        JsonObject json = new JsonObject()
                .text("type", "/problems/" + problem.code())
                .text("title", problem.title())
                .number("status", problem.status())
                .text("detail", detail)
                .text("instance", requestId)
                .text("code", problem.code());
        if (!errors.isEmpty()) {
            json.json("errors", errors.stream()
                    .map(e -> new JsonObject().text("field", e.field()).text("message", e.message()).toString())
                    .collect(Collectors.joining(",", "[", "]")));
        }
        return json.toString();
    }
}

package com.cloudnestle.marketplace.rest.internal.http;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.rest.ProblemAnswers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** How servlets answer: JSON bodies, files and problems. */
public final class Replies {

    /** Methods of what can only be read. */
    public static final String READ_ONLY = "GET, HEAD, OPTIONS";

    private Replies() {}

    /** A JSON answer that nothing may store. */
    public static void json(HttpServletResponse response, int status, byte[] body) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        bytes(response, status, "application/json", body);
    }

    /** Any answer. The server leaves the body out for HEAD. */
    public static void bytes(HttpServletResponse response, int status, String type, byte[] body) throws IOException {
        response.setStatus(status);
        response.setContentType(type);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** The failure as {@code application/problem+json}. */
    public static void problem(HttpServletResponse response, MarketplaceException e, String requestId) throws IOException {
        ProblemAnswers.headers(e).forEach(response::setHeader);
        byte[] body = ProblemAnswers.json(e, requestId).getBytes(StandardCharsets.UTF_8);
        bytes(response, e.problem().status(), ProblemAnswers.CONTENT_TYPE, body);
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

    /**
     * Answers every method but GET and HEAD of an address that can only be read.
     *
     * @return whether the caller still has to answer
     */
    public static boolean reads(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String requestId = RequestIds.of(request);
        response.setHeader(RequestIds.HEADER, requestId);
        switch (request.getMethod()) {
            case "GET", "HEAD" -> {
                return true;
            }
            case "OPTIONS" -> options(response, READ_ONLY);
            default -> methodNotAllowed(response, READ_ONLY, requestId);
        }
        return false;
    }
}

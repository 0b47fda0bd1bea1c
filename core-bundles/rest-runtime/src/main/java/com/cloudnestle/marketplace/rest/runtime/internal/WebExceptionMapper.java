package com.cloudnestle.marketplace.rest.runtime.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** JAX-RS exceptions, thrown by CXF (no such address, method or media type) or by a resource. */
final class WebExceptionMapper implements ExceptionMapper<WebApplicationException> {

    private static final Logger LOG = LoggerFactory.getLogger(WebExceptionMapper.class);

    @Override
    public Response toResponse(WebApplicationException exception) {
        Response given = exception.getResponse();
        if (given.hasEntity() || given.getStatus() < 400) {
            return given; // the resource wrote its own answer
        }
        if (given.getStatus() >= 500) {
            LOG.error("request failed requestId={}", Problems.requestId(), exception);
        }
        Response problem = Problems.answer(explain(exception));
        keep(HttpHeaders.ALLOW, given, problem);
        keep(HttpHeaders.RETRY_AFTER, given, problem);
        keep(HttpHeaders.WWW_AUTHENTICATE, given, problem);
        return problem;
    }

    private static void keep(String header, Response from, Response to) {
        if (from.getHeaders().containsKey(header)) {
            to.getHeaders().put(header, from.getHeaders().get(header));
        }
    }

    private static MarketplaceException explain(WebApplicationException exception) {
        // JAX-RS says 404 also when a parameter of the address cannot be converted; then there is a cause
        return switch (exception.getResponse().getStatus()) {
            case 401 -> new MarketplaceException(Problem.CREDENTIALS_MISSING, "This call needs a credential.");
            case 403 -> new MarketplaceException(Problem.NOT_ALLOWED, "This credential may not do that.");
            case 404 -> notFound(exception);
            case 405 -> new MarketplaceException(Problem.METHOD_NOT_ALLOWED, "See the Allow header for what is possible here.");
            case 406 -> new MarketplaceException(Problem.NOT_ACCEPTABLE, "Ask for application/json.");
            case 409 -> new MarketplaceException(Problem.CONFLICT, "The request contradicts the current state.");
            case 413 -> new MarketplaceException(Problem.TOO_LARGE, "The request body is too large.");
            case 415 -> new MarketplaceException(Problem.UNSUPPORTED_MEDIA_TYPE, "Send application/json.");
            case 422 -> new MarketplaceException(Problem.INVALID_FIELD, "A field of the request is not acceptable.");
            case 503 -> new MarketplaceException(Problem.SOLUTION_UNAVAILABLE, "The solution cannot answer right now.");
            default -> exception.getResponse().getStatus() < 500
                    ? new MarketplaceException(Problem.BAD_REQUEST, "The request cannot be understood.")
                    : new MarketplaceException(Problem.INTERNAL, FailureMapper.INTERNAL_DETAIL);
        };
    }

    /** JAX-RS says 404 also when a parameter of the address cannot be converted; then there is a cause. */
    private static MarketplaceException notFound(WebApplicationException exception) {
        return new MarketplaceException(Problem.NOT_FOUND, exception.getCause() == null
                ? "Nothing is served at this address."
                : "A parameter of the address has the wrong form.");
    }
}

package com.cloudnestle.marketplace.rest.runtime.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.fasterxml.jackson.core.JacksonException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.io.CharConversionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every exception that is no JAX-RS one: failures the caller can act on, JSON that cannot be read, and bugs. */
final class FailureMapper implements ExceptionMapper<Throwable> {

    static final String INTERNAL_DETAIL = "The request failed. Please give the request id when you ask about it.";

    private static final Logger LOG = LoggerFactory.getLogger(FailureMapper.class);

    @Override
    public Response toResponse(Throwable failure) {
        if (failure instanceof MarketplaceException expected) {
            return expected(expected);
        }
        if (failure instanceof JacksonException json) {
            return JsonFailures.explain(json).map(Problems::answer).orElseGet(() -> internal(failure));
        }
        if (failure instanceof CharConversionException) {
            return Problems.answer(new MarketplaceException(Problem.MALFORMED_JSON, "The body is not valid UTF-8."));
        }
        return internal(failure);
    }

    /** A 5xx of ours has a cause worth a line; the rest is the caller's. */
    private static Response expected(MarketplaceException failure) {
        if (failure.problem().status() >= 500) {
            LOG.warn("request failed requestId={} code={}", Problems.requestId(), failure.problem().code(), failure);
        }
        return Problems.answer(failure);
    }

    private static Response internal(Throwable failure) {
        if (Problems.broken()) {
            LOG.debug("client went away requestId={}", Problems.requestId(), failure);
        } else {
            LOG.error("request failed requestId={}", Problems.requestId(), failure);
        }
        return Problems.answer(new MarketplaceException(Problem.INTERNAL, INTERNAL_DETAIL));
    }
}

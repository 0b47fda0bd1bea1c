package com.cloudnestle.marketplace.rest.runtime.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.rest.ProblemAnswers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.PhaseInterceptorChain;
import org.apache.cxf.transport.http.AbstractHTTPDestination;

/** Problem details as a JAX-RS answer. */
final class Problems {

    private Problems() {}

    static Response answer(MarketplaceException failure) {
        Response.ResponseBuilder answer = Response.status(failure.problem().status())
                .type(ProblemAnswers.CONTENT_TYPE)
                .entity(ProblemAnswers.json(failure, requestId()).getBytes(StandardCharsets.UTF_8));
        ProblemAnswers.headers(failure).forEach(answer::header);
        return answer.build();
    }

    static String requestId() {
        return passage().map(Passage::requestId).orElse("unknown");
    }

    /** Whether the client is gone already, so that there is nobody to answer. */
    static boolean broken() {
        return passage().map(passage -> passage.response().broken()).orElse(false);
    }

    private static Optional<Passage> passage() {
        Message message = PhaseInterceptorChain.getCurrentMessage();
        if (message == null) {
            return Optional.empty();
        }
        Object request = message.getExchange().getInMessage().get(AbstractHTTPDestination.HTTP_REQUEST);
        return request instanceof HttpServletRequest servletRequest ? Passage.of(servletRequest) : Optional.empty();
    }
}

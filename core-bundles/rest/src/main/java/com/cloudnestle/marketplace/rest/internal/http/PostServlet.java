package com.cloudnestle.marketplace.rest.internal.http;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.store.StoreException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** What takes POST only, without JAX-RS. Whatever goes wrong becomes a problem, and the log has the cause. */
public abstract class PostServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final String ALLOW = "POST, OPTIONS";

    private final transient Logger log = LoggerFactory.getLogger(getClass());

    /** Answers the request; what it throws is answered for it. */
    protected abstract void post(HttpServletRequest request, HttpServletResponse response) throws IOException;

    @Override
    protected final void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String requestId = RequestIds.of(request);
        response.setHeader(RequestIds.HEADER, requestId);
        switch (request.getMethod()) {
            case "POST" -> answer(request, response, requestId);
            case "OPTIONS" -> Replies.options(response, ALLOW);
            default -> Replies.methodNotAllowed(response, ALLOW, requestId);
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, String requestId) throws IOException {
        MDC.put("requestId", requestId);
        try {
            post(request, response);
        } catch (MarketplaceException e) {
            if (e instanceof StoreException) {
                log.warn("event=call_failed requestId={} code={} reason=\"{}\"", requestId, e.problem().code(), e.getMessage());
            }
            Replies.problem(response, e, requestId);
        } catch (RuntimeException e) { // the outermost edge
            log.error("event=call_failed requestId={}", requestId, e);
            Replies.problem(response, new MarketplaceException(Problem.INTERNAL, "Something went wrong on our side."), requestId);
        } finally {
            MDC.remove("requestId");
        }
    }
}

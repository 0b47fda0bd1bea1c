package com.cloudnestle.marketplace.rest.internal.decision;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.rest.internal.http.Bodies;
import com.cloudnestle.marketplace.rest.internal.http.Replies;
import com.cloudnestle.marketplace.rest.internal.http.RequestIds;
import com.cloudnestle.marketplace.store.StoreException;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The one call a remote solution makes per request of its users, under each of its documented names. A servlet and not a
 * JAX-RS resource, because JAX-RS alone costs four times the processor time of everything this does.
 */
@Component(service = Servlet.class, property = {
    "osgi.http.whiteboard.servlet.name=marketplace-validate",
    "osgi.http.whiteboard.servlet.pattern=/api/validate-solution-token",
    "osgi.http.whiteboard.servlet.pattern=/api/validate-token",
    "osgi.http.whiteboard.servlet.pattern=/quota/validate"})
public final class ValidateServlet extends HttpServlet {

    /** Header by which an anonymous client tells its device from others behind the same address. */
    static final String DEVICE_ID = "x-device-id";

    static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(ValidateServlet.class);
    private static final String ALLOW = "POST, OPTIONS";

    private final transient Decisions decisions;
    private final transient InstantSource clock;

    @Activate
    public ValidateServlet(@Reference Decisions decisions, @Reference InstantSource clock) {
        this.decisions = decisions;
        this.clock = clock;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String requestId = RequestIds.of(request);
        response.setHeader(RequestIds.HEADER, requestId);
        switch (request.getMethod()) {
            case "POST" -> validate(request, response, requestId);
            case "OPTIONS" -> Replies.options(response, ALLOW);
            default -> Replies.methodNotAllowed(response, ALLOW, requestId);
        }
    }

    private void validate(HttpServletRequest request, HttpServletResponse response, String requestId) throws IOException {
        MDC.put("requestId", requestId);
        try {
            DecisionRequest ask = DecisionReader.read(Bodies.json(request));
            DecisionAnswer answer = DecisionAnswer.of(decisions.decide(ask, presented(request, ask)), clock.instant());
            answer.headers().forEach(response::addHeader); // nobody has set them before, so the server need not look
            Replies.json(response, answer.status(), answer.body());
        } catch (MarketplaceException e) {
            if (e instanceof StoreException) {
                LOG.warn("validate failed requestId={} code={} reason=\"{}\"", requestId, e.problem().code(), e.getMessage());
            }
            Replies.problem(response, e, requestId);
        } catch (RuntimeException e) { // the outermost edge: whatever it is, the caller gets a problem and the log the cause
            LOG.error("validate failed requestId={}", requestId, e);
            Replies.problem(response, new MarketplaceException(Problem.INTERNAL, "Something went wrong on our side."), requestId);
        } finally {
            MDC.remove("requestId");
        }
    }

    private static Presented presented(HttpServletRequest request, DecisionRequest ask) {
        return new Presented(
                request.getHeader("Authorization"),
                request.getHeader(IDEMPOTENCY_KEY),
                ask.token() == null ? literal(request.getRemoteAddr()) : null, // the server makes its text anew each time
                request.getHeader(DEVICE_ID));
    }

    /** An IPv6 address without the brackets some servers put around it. */
    private static String literal(String address) {
        return address.startsWith("[") && address.endsWith("]") ? address.substring(1, address.length() - 1) : address;
    }
}

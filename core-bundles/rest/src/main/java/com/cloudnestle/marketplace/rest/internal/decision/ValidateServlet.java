package com.cloudnestle.marketplace.rest.internal.decision;

import com.cloudnestle.marketplace.rest.internal.http.Bodies;
import com.cloudnestle.marketplace.rest.internal.http.PostServlet;
import com.cloudnestle.marketplace.rest.internal.http.Replies;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The one call a remote solution makes per request of its users, under each of its documented names. A servlet and not a
 * JAX-RS resource, because JAX-RS alone costs four times the processor time of everything this does.
 */
@Component(service = Servlet.class, property = {
    "osgi.http.whiteboard.servlet.name=marketplace-validate",
    "osgi.http.whiteboard.servlet.pattern=/api/validate-solution-token",
    "osgi.http.whiteboard.servlet.pattern=/api/validate-token",
    "osgi.http.whiteboard.servlet.pattern=/quota/validate"})
public final class ValidateServlet extends PostServlet {

    /** Header by which an anonymous client tells its device from others behind the same address. */
    static final String DEVICE_ID = "x-device-id";

    static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private static final long serialVersionUID = 1L;

    private final transient Decisions decisions;
    private final transient InstantSource clock;

    @Activate
    public ValidateServlet(@Reference Decisions decisions, @Reference InstantSource clock) {
        this.decisions = decisions;
        this.clock = clock;
    }

    @Override
    protected void post(HttpServletRequest request, HttpServletResponse response) throws IOException {
        DecisionRequest ask = DecisionReader.read(Bodies.json(request));
        DecisionAnswer answer = DecisionAnswer.of(decisions.decide(ask, presented(request, ask)), clock.instant());
        answer.headers().forEach(response::addHeader); // nobody has set them before, so the server need not look
        Replies.json(response, answer.status(), answer.body());
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

package com.cloudnestle.marketplace.rest.runtime.internal;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds requests that came to us although another servlet has the address. Jetty remembers by address which servlet
 * answers. A request that came before that servlet was there can be remembered just after it was added, and from then on
 * all requests of that address go astray: whoever waits for {@code /health/ready} at start-up would wait for ever. The
 * mapping Jetty puts on each request is computed anew and right.
 */
final class LateServlets {

    private static final Logger LOG = LoggerFactory.getLogger(LateServlets.class);

    /** Serves what nobody else does. By the rules of servlets its pattern, {@code /}, comes after ours. */
    static final String PAGES = "marketplace-web";

    private LateServlets() {}

    /** The servlet that should have got the request; empty if it is ours. */
    static Optional<RequestDispatcher> of(HttpServletRequest request, ServletConfig own) {
        String rightful = request.getHttpServletMapping().getServletName();
        if (request.getDispatcherType() != DispatcherType.REQUEST || rightful.isEmpty() || rightful.equals(own.getServletName())) {
            return Optional.empty();
        }
        LOG.debug("passed on path={} servlet={}", request.getRequestURI(), rightful);
        return Optional.ofNullable(own.getServletContext().getNamedDispatcher(rightful));
    }

    /** The pages, for a request that only reads; empty if they are not installed. */
    static Optional<RequestDispatcher> pages(HttpServletRequest request, ServletConfig own) {
        boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        return reads && request.getDispatcherType() == DispatcherType.REQUEST
                ? Optional.ofNullable(own.getServletContext().getNamedDispatcher(PAGES))
                : Optional.empty();
    }
}

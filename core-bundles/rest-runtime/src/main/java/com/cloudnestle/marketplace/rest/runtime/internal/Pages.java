package com.cloudnestle.marketplace.rest.runtime.internal;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** The servlet of the pages, which serves what nobody else does. By the rules of servlets its pattern, {@code /}, comes after ours. */
final class Pages {

    private static final String SERVLET = "marketplace-web";

    private Pages() {}

    /** Where a request that only reads goes on; empty if the pages are not installed. */
    static Optional<RequestDispatcher> of(HttpServletRequest request, ServletConfig own) {
        boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        return reads && request.getDispatcherType() == DispatcherType.REQUEST
                ? Optional.ofNullable(own.getServletContext().getNamedDispatcher(SERVLET))
                : Optional.empty();
    }
}

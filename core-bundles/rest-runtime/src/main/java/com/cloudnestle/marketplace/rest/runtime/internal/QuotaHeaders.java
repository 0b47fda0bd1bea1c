package com.cloudnestle.marketplace.rest.runtime.internal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import org.apache.cxf.phase.PhaseInterceptorChain;
import org.apache.cxf.transport.http.AbstractHTTPDestination;

/**
 * Puts the gate's headers on the answer of a metered call. An answer of 400 or above gives its units back, so the figures
 * would be wrong there: it goes without.
 */
final class QuotaHeaders implements ContainerResponseFilter {

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext answer) {
        if (answer.getStatus() >= 400) {
            return;
        }
        Object servletRequest = PhaseInterceptorChain.getCurrentMessage().getExchange().getInMessage()
                .get(AbstractHTTPDestination.HTTP_REQUEST);
        Passage.of((HttpServletRequest) servletRequest)
                .ifPresent(passage -> passage.gateHeaders().forEach((name, value) -> answer.getHeaders().putSingle(name, value)));
    }
}

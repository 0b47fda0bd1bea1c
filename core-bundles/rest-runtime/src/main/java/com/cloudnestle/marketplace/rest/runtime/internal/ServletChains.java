package com.cloudnestle.marketplace.rest.runtime.internal;

import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jetty remembers by address which filters and which servlet answer. A request that comes while these are being added, as at each
 * start under load, can be remembered just after they were: from then on all requests of that address go astray, past the filters,
 * too, until the next servlet comes. So here nothing is remembered; what an address leads to is worked out for each request.
 */
final class ServletChains {

    private static final Logger LOG = LoggerFactory.getLogger(ServletChains.class);

    private ServletChains() {}

    /** For all servlets beside the one that is being initialised or called. */
    static void forgetNow() {
        ServletContextHandler context = ServletContextHandler.getCurrentServletContextHandler();
        if (context == null) {
            LOG.error("event=servlet_chains_remembered; not inside Jetty: requests that come at a start may go astray for good");
            return;
        }
        context.getServletHandler().setFilterChainsCached(false);
    }
}

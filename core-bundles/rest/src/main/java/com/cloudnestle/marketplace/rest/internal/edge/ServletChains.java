package com.cloudnestle.marketplace.rest.internal.edge;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.lang.reflect.Field;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHandler;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jetty remembers by address which filters and which servlet answer. A request that comes while these are being added, as at each
 * start under load, can be remembered just after they were: from then on all requests of that address go astray, past the filters,
 * too. So here nothing is remembered; where an address leads is worked out for each request.
 */
@Component(service = ServletContextListener.class, property = "osgi.http.whiteboard.listener:Boolean=true")
public final class ServletChains implements ServletContextListener {

    private static final Logger LOG = LoggerFactory.getLogger(ServletChains.class);
    /** A protected field, because Pax Web 11 does not look at the setting that Jetty has for this. */
    private static final String CACHE = "_chainCache";

    /** Before the context takes requests. */
    @Override
    public void contextInitialized(ServletContextEvent event) {
        try {
            Field field = ServletHandler.class.getDeclaredField(CACHE);
            field.setAccessible(true);
            ServletContextHandler context = ServletContextHandler.getCurrentServletContextHandler();
            @SuppressWarnings("unchecked")
            ConcurrentMap<String, FilterChain>[] caches = (ConcurrentMap<String, FilterChain>[]) field.get(context.getServletHandler());
            for (int dispatcher = 0; dispatcher < caches.length; dispatcher++) {
                if (caches[dispatcher] != null) {
                    caches[dispatcher] = new Forgetful();
                }
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.error("event=servlet_chains_remembered; addresses that are asked for during a start may stay wrong until the next", e);
        }
    }

    private static final class Forgetful extends ConcurrentHashMap<String, FilterChain> {

        private static final long serialVersionUID = 1L;

        @Override
        public @Nullable FilterChain put(String address, FilterChain chain) {
            return null;
        }
    }
}

package com.cloudnestle.marketplace.rest.internal.edge;

import jakarta.servlet.FilterChain;
import java.lang.reflect.Field;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.eclipse.jetty.ee10.servlet.ServletHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jetty remembers by address which filters and which servlet answer. A request that comes while these are being added, as at each
 * start under load, can be remembered just after they were: from then on all requests of that address go astray, past the filters,
 * too. So here nothing is remembered; where an address leads is worked out for each request.
 */
final class ServletChains {

    private static final Logger LOG = LoggerFactory.getLogger(ServletChains.class);
    /** A protected field, because Pax Web 11 does not look at the setting that Jetty has for this. */
    private static final String CACHE = "_chainCache";

    private ServletChains() {}

    /** From now on, and what is remembered already. */
    static void forgetAlways(ServletHandler handler) {
        try {
            Field field = ServletHandler.class.getDeclaredField(CACHE);
            field.setAccessible(true);
            @SuppressWarnings("unchecked")
            ConcurrentMap<String, FilterChain>[] caches = (ConcurrentMap<String, FilterChain>[]) field.get(handler);
            for (int dispatcher = 0; dispatcher < caches.length; dispatcher++) {
                if (caches[dispatcher] != null && !(caches[dispatcher] instanceof Forgetful)) {
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

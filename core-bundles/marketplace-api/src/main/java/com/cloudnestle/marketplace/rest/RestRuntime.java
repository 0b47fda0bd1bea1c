package com.cloudnestle.marketplace.rest;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Serves JAX-RS resources over HTTP. One mount is one JAX-RS server of its own; JSON by Jackson, problems by RFC 9457. */
@ProviderType
public interface RestRuntime {

    /**
     * Serves {@code resources} below {@code path} until the mount is closed.
     *
     * @param path begins with {@code /}, does not end with one, not in use by another mount
     * @param resources objects with JAX-RS annotations, at least one; used from many threads
     * @param gate asked around every call of a method marked {@code @Metered}; {@link CallGate#OPEN} for none
     * @throws IllegalArgumentException if the path is malformed or taken, or the resources are not valid JAX-RS
     */
    Mount mount(String path, List<Object> resources, CallGate gate);

    /** A live mount. */
    interface Mount extends AutoCloseable {
        String path();

        /**
         * Serves other resources at the same path instead, without a gap: calls that come after this returns reach them,
         * calls in flight are finished by the old ones. This mount is closed then.
         *
         * @return the mount to close later
         * @throws IllegalArgumentException if the resources are not valid JAX-RS; this mount goes on then
         * @throws IllegalStateException if this mount is closed
         */
        Mount replace(List<Object> resources, CallGate gate);

        /** Stops serving: new calls get 404, calls in flight are finished. Closing twice is no error. */
        @Override
        void close();
    }
}

package com.cloudnestle.marketplace.plugin.host.internal;

import com.cloudnestle.marketplace.solution.Solution;
import java.util.function.Supplier;
import org.osgi.framework.Version;

/**
 * A solution service that came, with what is needed of the bundle behind it.
 *
 * @param serviceId unique for the life of the framework, larger for later services
 * @param bundle symbolic name
 * @param solution gets the service; may throw or give null, like anything a plugin does
 * @param files gets the bundle's web files
 */
record Arrival(long serviceId, String bundle, Version version, Supplier<Solution> solution, Supplier<WebFiles> files) {

    /** Whether this one takes over from another of the same bundle: a higher version, or the same one deployed later. */
    boolean newerThan(Arrival other) {
        int order = version.compareTo(other.version());
        return order > 0 || order == 0 && serviceId > other.serviceId();
    }
}

package com.cloudnestle.marketplace.platform;

import org.osgi.annotation.versioning.ProviderType;

/** Whether all is there that the server is made of. Published by the REST bundle, which tells it at {@code /health/ready}. */
@ProviderType
public interface Readiness {

    /** Whether all services are present and no {@link ReadinessCheck} has a problem. Cheap: the store is not asked. */
    boolean ready();

    /**
     * Whether it was found ready at least once, by whomever. Known from then on without looking: before anybody is told that the
     * server is ready.
     */
    boolean wasReady();
}

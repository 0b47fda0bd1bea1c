package com.cloudnestle.marketplace.platform;

/** Whether all is there that the server is made of. Published by the REST bundle, which tells it at {@code /health/ready}. */
public interface Readiness {

    /** Whether all services are present and no {@link ReadinessCheck} has a problem. Cheap: the store is not asked. */
    boolean ready();
}

package com.cloudnestle.marketplace.store;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Registered in place of {@link Store} when the store refuses to start (damaged file, held by another process, not
 * durable), so that health checks can say why the platform is not ready.
 */
@ProviderType
public interface StoreRefusal {

    /** What is wrong and the way out, for the operator. Names files, so it is not for anonymous callers. */
    String message();
}

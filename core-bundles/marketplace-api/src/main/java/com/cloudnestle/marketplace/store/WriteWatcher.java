package com.cloudnestle.marketplace.store;

import org.osgi.annotation.versioning.ConsumerType;

/** Is told what was written; see {@link Store#watch}. Must be quick, must not use the store and must not throw. */
@ConsumerType
public interface WriteWatcher {

    /** The item at this key was written or deleted, or may have been. */
    void written(Key key);

    /** Anything may have changed: the data was replaced as a whole. */
    void everything();
}

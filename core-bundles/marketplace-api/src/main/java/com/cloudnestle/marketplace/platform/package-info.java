/**
 * What every core bundle needs from the process it runs in: keyed hashes and one-time notices. Time is the service
 * {@link java.time.InstantSource}, published by the same bundle.
 */
@Export
@Version("1.3.0")
@NullMarked
package com.cloudnestle.marketplace.platform;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

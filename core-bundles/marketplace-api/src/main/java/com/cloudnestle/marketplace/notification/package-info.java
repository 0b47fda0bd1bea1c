/**
 * Messages to people. Whoever has something to say hands it over here; how it reaches them is configuration.
 */
@Export
@Version("1.2.0")
@NullMarked
package com.cloudnestle.marketplace.notification;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

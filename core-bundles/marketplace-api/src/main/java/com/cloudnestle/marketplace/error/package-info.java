/**
 * Failures a caller can act on. Expected refusals are values (see {@code quota.Decision}), never exceptions.
 */
@Export
@Version("1.2.0")
@NullMarked
package com.cloudnestle.marketplace.error;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

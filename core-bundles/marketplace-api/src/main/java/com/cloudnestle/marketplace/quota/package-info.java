/**
 * How much may be used: access decisions, counters, usage history.
 */
@Export
@Version("1.2.0")
@NullMarked
package com.cloudnestle.marketplace.quota;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

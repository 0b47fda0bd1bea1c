/**
 * The append-only record of who changed what.
 */
@Export
@Version("1.0.0")
@NullMarked
package com.cloudnestle.marketplace.audit;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

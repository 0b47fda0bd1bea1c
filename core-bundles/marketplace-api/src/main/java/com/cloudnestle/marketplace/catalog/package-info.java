/**
 * What is for sale: solutions, their tiers, the limits of each tier.
 */
@Export
@Version("1.2.0")
@NullMarked
package com.cloudnestle.marketplace.catalog;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

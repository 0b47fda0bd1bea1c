/**
 * Who people are: customers with an immutable e-mail address and a stable id.
 */
@Export
@Version("1.3.0")
@NullMarked
package com.cloudnestle.marketplace.identity;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

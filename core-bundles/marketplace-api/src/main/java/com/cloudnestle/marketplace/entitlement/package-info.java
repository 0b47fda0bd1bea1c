/**
 * Who may use what: entitlements and the solution tokens that prove them.
 */
@Export
@Version("1.4.0")
@NullMarked
package com.cloudnestle.marketplace.entitlement;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

/**
 * The seam between whoever has JAX-RS resources (the control plane, each solution) and the one bundle that can serve
 * them. JDK types only, so nobody else sees the JAX-RS implementation.
 */
@Export
@Version("1.1.0")
@NullMarked
package com.cloudnestle.marketplace.rest;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

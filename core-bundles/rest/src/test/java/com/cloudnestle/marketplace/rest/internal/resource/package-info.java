/** The JAX-RS resources of the control plane, one class per capability. */
@NullMarked
package com.cloudnestle.marketplace.rest.internal.resource;

import org.jspecify.annotations.NullMarked;

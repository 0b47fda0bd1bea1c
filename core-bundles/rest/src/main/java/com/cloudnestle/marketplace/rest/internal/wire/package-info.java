/** The JSON bodies of the JAX-RS resources. Snake case on the wire; times are ISO 8601 in UTC; absent values are null. */
@NullMarked
package com.cloudnestle.marketplace.rest.internal.wire;

import org.jspecify.annotations.NullMarked;

/** A server on a free port with the real servlets and resources over in-memory services. */
@NullMarked
package com.cloudnestle.marketplace.rest.internal.testing;

import org.jspecify.annotations.NullMarked;

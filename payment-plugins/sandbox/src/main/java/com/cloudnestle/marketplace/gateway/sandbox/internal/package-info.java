/** A payment provider that is none, and the gateway to it. */
@NullMarked
package com.cloudnestle.marketplace.gateway.sandbox.internal;

import org.jspecify.annotations.NullMarked;

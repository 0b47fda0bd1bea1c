/** Authenticator apps and recovery codes. */
@NullMarked
package com.cloudnestle.marketplace.identity.internal.factor;

import org.jspecify.annotations.NullMarked;

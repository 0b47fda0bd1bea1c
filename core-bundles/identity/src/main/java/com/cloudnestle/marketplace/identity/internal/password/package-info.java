/** Passwords: what is acceptable, how they are kept, how often they may be tried. */
@NullMarked
package com.cloudnestle.marketplace.identity.internal.password;

import org.jspecify.annotations.NullMarked;

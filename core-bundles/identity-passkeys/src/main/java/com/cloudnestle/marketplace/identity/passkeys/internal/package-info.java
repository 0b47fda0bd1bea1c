/** Passkeys in the store, and the proofs that browsers bring. */
@NullMarked
package com.cloudnestle.marketplace.identity.passkeys.internal;

import org.jspecify.annotations.NullMarked;

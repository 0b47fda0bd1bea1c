/** Sign-in with accounts of others: what providers are asked, what they are believed, and which account it leads to. */
@NullMarked
package com.cloudnestle.marketplace.identity.provider.internal;

import org.jspecify.annotations.NullMarked;

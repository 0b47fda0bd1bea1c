/** Customers and the keys of machines, kept in the store. */
@NullMarked
package com.cloudnestle.marketplace.identity.internal;

import org.jspecify.annotations.NullMarked;

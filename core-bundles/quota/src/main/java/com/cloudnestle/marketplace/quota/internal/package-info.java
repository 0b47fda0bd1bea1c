/** Exact counting in fixed windows over the store, and what surrounds it: visitors, idempotency, usage history. */
@NullMarked
package com.cloudnestle.marketplace.quota.internal;

import org.jspecify.annotations.NullMarked;

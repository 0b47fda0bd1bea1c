/** The audit log in the store. */
@NullMarked
package com.cloudnestle.marketplace.audit.internal;

import org.jspecify.annotations.NullMarked;

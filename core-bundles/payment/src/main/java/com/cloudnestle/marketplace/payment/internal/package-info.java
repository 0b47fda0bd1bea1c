/** Purchases, what providers say of them, and the book of all money. */
@NullMarked
package com.cloudnestle.marketplace.payment.internal;

import org.jspecify.annotations.NullMarked;

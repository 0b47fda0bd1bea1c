/** Stands in the package of the payments, to put them together as their bundle does. */
@NullMarked
package com.cloudnestle.marketplace.payment.internal;

import org.jspecify.annotations.NullMarked;

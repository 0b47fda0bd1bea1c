/** Payments through PhonePe. */
@NullMarked
package com.cloudnestle.marketplace.gateway.phonepe.internal;

import org.jspecify.annotations.NullMarked;

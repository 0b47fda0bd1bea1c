/** Razorpay behind the gateway contract of the platform. The wire is described in Razorpay's API reference. */
@NullMarked
package com.cloudnestle.marketplace.gateway.razorpay.internal;

import org.jspecify.annotations.NullMarked;

/**
 * Payments. {@link com.cloudnestle.marketplace.payment.Payments} is what the platform offers to its own faces;
 * {@link com.cloudnestle.marketplace.payment.PaymentGateway} is what the bundle of a payment provider implements. A gateway
 * never touches the platform's data: it returns snapshots, and the platform decides what they mean.
 */
@Export
@Version("1.0.0")
@NullMarked
package com.cloudnestle.marketplace.payment;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

/**
 * Puts a {@link com.cloudnestle.marketplace.payment.PaymentGateway} to the test: its author implements a
 * {@link com.cloudnestle.marketplace.testing.gateway.GatewayLab} over something that behaves like the provider, and
 * {@link com.cloudnestle.marketplace.testing.gateway.GatewayConformance} tries what goes wrong with money. Needs no test framework, so
 * it also runs inside a container.
 */
@Export
@Version("1.0.0")
@NullMarked
package com.cloudnestle.marketplace.testing.gateway;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

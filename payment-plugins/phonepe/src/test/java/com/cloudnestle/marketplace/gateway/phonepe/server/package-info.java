/**
 * A server that answers as PhonePe's does, for tests and for trying the gateway in a browser; it moves no money. It shares no code with
 * the gateway, so that a mistake in one is seen in the other.
 */
@NullMarked
package com.cloudnestle.marketplace.gateway.phonepe.server;

import org.jspecify.annotations.NullMarked;

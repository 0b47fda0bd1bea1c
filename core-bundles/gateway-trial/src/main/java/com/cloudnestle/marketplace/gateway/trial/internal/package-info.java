/** Tries payment gateways before buyers are offered them. */
@NullMarked
package com.cloudnestle.marketplace.gateway.trial.internal;

import org.jspecify.annotations.NullMarked;

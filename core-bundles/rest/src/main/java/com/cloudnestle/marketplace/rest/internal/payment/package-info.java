/** Purchases by HTTP: what buyers and administrators call, what providers tell, and the page that starts a provider's script. */
@NullMarked
package com.cloudnestle.marketplace.rest.internal.payment;

import org.jspecify.annotations.NullMarked;

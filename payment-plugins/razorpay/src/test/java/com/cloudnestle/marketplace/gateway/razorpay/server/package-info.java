/**
 * A server that answers as Razorpay's API does, as far as its reference and its own libraries tell, with the levers of buyers,
 * banks and broken networks. It shares no code with the gateway, so that neither can agree with the other's mistakes.
 */
@NullMarked
package com.cloudnestle.marketplace.gateway.razorpay.server;

import org.jspecify.annotations.NullMarked;

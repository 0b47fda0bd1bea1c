package com.cloudnestle.marketplace.gateway.phonepe.internal;

import com.cloudnestle.marketplace.payment.GatewayException;
import java.net.http.HttpRequest;

/** How a request gets to the provider. */
@FunctionalInterface
interface Transport {

    /**
     * @throws GatewayException {@code NOT_CONTACTED} if not a byte of the request left, else {@code OUTCOME_UNKNOWN}; any status
     *     is an answer
     */
    Answer send(HttpRequest request) throws GatewayException;
}

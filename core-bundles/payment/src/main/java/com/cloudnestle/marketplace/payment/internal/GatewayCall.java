package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A call to a gateway, whose bundle is anybody's and may stop in the middle of it. */
@FunctionalInterface
interface GatewayCall<T> {

    T make() throws GatewayException;

    /** What else goes wrong leaves open whether the provider acted. */
    static <T> T guarded(String what, String paymentId, GatewayCall<T> call) throws GatewayException {
        Logger log = LoggerFactory.getLogger(GatewayCall.class);
        try {
            T result = call.make();
            if (result == null) {
                throw new GatewayException(Kind.OUTCOME_UNKNOWN, "the gateway answered nothing");
            }
            return result;
        } catch (GatewayException e) {
            log.info("event=gateway_call_failed call={} payment={} kind={} code={} reason=\"{}\"",
                    what, paymentId, e.kind(), e.providerCode(), e.getMessage());
            throw e;
        } catch (RuntimeException e) {
            log.error("event=gateway_call_broken call={} payment={}", what, paymentId, e);
            throw new GatewayException(Kind.OUTCOME_UNKNOWN, "", "the gateway failed: " + e.getClass().getSimpleName(), e);
        }
    }
}

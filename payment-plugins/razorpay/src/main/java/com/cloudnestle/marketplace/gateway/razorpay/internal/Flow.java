package com.cloudnestle.marketplace.gateway.razorpay.internal;

import com.cloudnestle.marketplace.payment.Expected;
import com.cloudnestle.marketplace.payment.GatewayException;
import com.cloudnestle.marketplace.payment.PaymentSnapshot;

/** A way in which Razorpay keeps one payment of the platform; the prefix of its key there tells which. */
interface Flow {

    /**
     * Checks what a browser brought, which names at least one of Razorpay's parameters, against our own record.
     *
     * @return the attempt it proves
     */
    String proven(Proof proof, Expected expected) throws GatewayException;

    PaymentSnapshot find(Expected expected) throws GatewayException;
}

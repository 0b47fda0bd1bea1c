package com.cloudnestle.marketplace.rest.internal.payment;

import com.cloudnestle.marketplace.payment.Payments;
import com.cloudnestle.marketplace.rest.RestRuntime;
import com.cloudnestle.marketplace.rest.internal.access.Callers;
import com.cloudnestle.marketplace.rest.internal.people.SignedIn;

/** The resources of payments as the bundle mounts them. */
public final class PaymentResources {

    private PaymentResources() {}

    public static PaymentPlane mount(RestRuntime runtime, Callers callers, SignedIn signedIn, Payments payments) {
        InstalledPayments installed = new InstalledPayments(payments);
        return new PaymentPlane(runtime, new PaymentResource(signedIn, installed), new AdminPaymentResource(callers, installed),
                new GatewayResource(callers, installed));
    }
}

package com.cloudnestle.marketplace.rest.internal.payment;

import com.cloudnestle.marketplace.rest.CallGate;
import com.cloudnestle.marketplace.rest.RestRuntime;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Serves what buyers and administrators of payments call; what providers call is {@link WebhookServlet}. */
@Component(service = PaymentPlane.class, immediate = true)
public final class PaymentPlane {

    private final List<RestRuntime.Mount> mounts;

    @Activate
    public PaymentPlane(
            @Reference RestRuntime runtime,
            @Reference PaymentResource payments,
            @Reference AdminPaymentResource ofAdmins,
            @Reference GatewayResource gateways) {
        mounts = List.of(
                runtime.mount("/api/payments", List.of(payments), CallGate.OPEN),
                runtime.mount("/api/admin/payments", List.of(ofAdmins), CallGate.OPEN),
                runtime.mount("/api/admin/gateways", List.of(gateways), CallGate.OPEN));
    }

    @Deactivate
    public void close() {
        mounts.forEach(RestRuntime.Mount::close);
    }
}

package com.cloudnestle.marketplace.rest.internal.payment;

import com.cloudnestle.marketplace.payment.Payments;
import com.cloudnestle.marketplace.rest.RestRuntime;
import com.cloudnestle.marketplace.rest.internal.access.Callers;
import com.cloudnestle.marketplace.rest.internal.people.SignedIn;
import com.cloudnestle.marketplace.rest.internal.testing.LabGateway;
import com.cloudnestle.marketplace.rest.internal.testing.TestServer;
import java.net.URL;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Everything about payments as the bundle serves it. */
public final class PaymentResources {

    private PaymentResources() {}

    /** @param payments null: there are none right now */
    public static void serve(TestServer server, RestRuntime runtime, Callers callers, SignedIn signedIn, @Nullable Payments payments,
            InstantSource clock) {
        InstalledPayments installed = new InstalledPayments(payments);
        new PaymentPlane(runtime, new PaymentResource(signedIn, installed), new AdminPaymentResource(callers, installed),
                new GatewayResource(callers, installed));
        server.with(new WebhookServlet(installed, clock), "/api/payments/webhook", "/api/payments/webhook/*");
        server.behind(new CheckoutFilter(signedIn, installed, new CheckoutGateways(Map.of(new LabGateway(), PaymentResources::file))),
                "/pay/*");
    }

    /** The folder of the test's classes stands for the gateway's bundle; it holds more than what may be shown. */
    private static @Nullable URL file(String path) {
        return PaymentResources.class.getResource("/gateway/" + Objects.requireNonNull(path));
    }
}

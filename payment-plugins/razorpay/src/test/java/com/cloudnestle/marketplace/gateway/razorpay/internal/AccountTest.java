package com.cloudnestle.marketplace.gateway.razorpay.internal;

import static com.cloudnestle.marketplace.gateway.razorpay.internal.PaymentTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.payment.GatewayException.Kind;
import com.cloudnestle.marketplace.payment.PaymentGateway;
import com.cloudnestle.marketplace.payment.RawWebhook;
import com.cloudnestle.marketplace.payment.ReturnProof;
import com.cloudnestle.marketplace.payment.WebhookResult;
import com.cloudnestle.marketplace.testing.ManualClock;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** The component, in a container that only takes services. */
class AccountTest {

    private final List<PaymentGateway> offered = new ArrayList<>();
    private final Map<String, Object> visible = new HashMap<>();

    private BundleContext container() {
        Object registration = Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {ServiceRegistration.class},
                (proxy, method, arguments) -> {
                    offered.clear();
                    return null;
                });
        return (BundleContext) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {BundleContext.class},
                (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("registerService");
                    offered.add((PaymentGateway) arguments[1]);
                    Dictionary<?, ?> properties = (Dictionary<?, ?>) arguments[2];
                    properties.keys().asIterator().forEachRemaining(key -> visible.put(String.valueOf(key), properties.get(key)));
                    return registration;
                });
    }

    @Test
    void anAccountIsOfferedWithoutItsSecretsAndWithdrawnAtTheEnd() {
        Map<String, Object> properties = Workbench.configuration("http://127.0.0.1:9", Map.of());

        RazorpayAccount account = new RazorpayAccount(container(), new ManualClock(Workbench.NOON), properties);

        PaymentGateway gateway = offered.get(0);
        assertThat(gateway.id()).isEqualTo("razorpay");
        assertThat(visible).containsOnly(Map.entry("gateway.id", "razorpay"), Map.entry("merchant.account", Workbench.ACCOUNT),
                Map.entry("mode", "TEST"));
        account.stop();
        assertThat(offered).isEmpty();
        assertThat(gateway.health().working()).as("its client is closed").isFalse();
    }

    @Test
    void aMistakeIsToldByHealthAndByEveryCall() {
        Map<String, Object> properties = Workbench.configuration("http://127.0.0.1:9", Map.of("key_id", "nonsense"));

        new RazorpayAccount(container(), new ManualClock(Workbench.NOON), properties).stop();
        new RazorpayAccount(container(), new ManualClock(Workbench.NOON), properties);

        PaymentGateway gateway = offered.get(0);
        assertThat(gateway.health().working()).isFalse();
        assertThat(gateway.health().detail()).contains("key_id must be a key of Razorpay").doesNotContain("nonsense")
                .doesNotContain(Workbench.KEY_SECRET);
        try (Workbench bench = new Workbench()) {
            var request = bench.request("pay_a");
            var expected = bench.expected(request, Optional.empty());
            var refund = bench.refund("rfd_aaaaaaaaaa", expected, 1);
            refused(Kind.CONFIGURATION, () -> gateway.createCheckout(request));
            refused(Kind.CONFIGURATION, () -> gateway.fetchPayment(expected));
            refused(Kind.CONFIGURATION, () -> gateway.verifyReturn(ReturnProof.none(), expected));
            refused(Kind.CONFIGURATION, () -> gateway.refund(refund));
            refused(Kind.CONFIGURATION, () -> gateway.fetchRefund(refund, Optional.empty()));
        }
        assertThat(gateway.authenticate(new RawWebhook(List.of(), new byte[0], Workbench.NOON)))
                .as("another account of the provider may know it").isInstanceOf(WebhookResult.NotForUs.class);
    }
}

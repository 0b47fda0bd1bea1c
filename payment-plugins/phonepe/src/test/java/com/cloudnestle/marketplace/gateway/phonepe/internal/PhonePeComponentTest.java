package com.cloudnestle.marketplace.gateway.phonepe.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.payment.PaymentGateway;
import com.cloudnestle.marketplace.testing.ManualClock;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

class PhonePeComponentTest {

    private static final Map<String, Object> SOUND = Map.of("service.pid", "com.cloudnestle.marketplace.gateway.phonepe~a", "merchant_id", "M1",
            "client_id", "c1", "client_secret", "s3cret", "webhook_username", "webuser_1", "webhook_password", "Passw0rd9");

    private final List<Object> registered = new ArrayList<>();
    private final Map<String, Object> properties = new HashMap<>();

    /** A container that only takes and gives back services. */
    private BundleContext container() {
        return (BundleContext) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {BundleContext.class}, (proxy, method, args) -> {
            if (!method.getName().equals("registerService")) {
                throw new UnsupportedOperationException(method.getName());
            }
            registered.add(args[1]);
            Dictionary<?, ?> told = (Dictionary<?, ?>) args[2];
            Collections.list(told.keys()).forEach(key -> properties.put((String) key, told.get(key)));
            return Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {ServiceRegistration.class}, (self, call, none) -> {
                registered.remove(args[1]);
                return null;
            });
        });
    }

    @Test
    void aConfigurationIsAServiceWhosePropertiesHoldNoSecret() {
        PhonePeComponent component = new PhonePeComponent(new ManualClock(Instant.EPOCH), container(), SOUND);

        assertThat(registered).singleElement().isInstanceOf(PaymentGateway.class);
        assertThat(properties).containsOnly(Map.entry("gateway.id", "phonepe"), Map.entry("merchant.account", "M1"),
                Map.entry("mode", "TEST"));
        component.close();
        assertThat(registered).isEmpty();
    }

    @Test
    void aConfigurationThatCannotBeUsedIsShownAsSuch() {
        Map<String, Object> broken = new HashMap<>(SOUND);
        broken.remove("client_id");
        try (CapturedLog log = new CapturedLog()) {
            PhonePeComponent component = new PhonePeComponent(new ManualClock(Instant.EPOCH), container(), broken);

            PaymentGateway shown = (PaymentGateway) registered.get(0);
            assertThat(shown.health().working()).isFalse();
            assertThat(shown.health().detail()).contains("client_id is missing");
            assertThat(shown.account()).as("no merchant's").isNotEqualTo("M1");
            assertThat(shown.mandates()).isEmpty();
            component.close();
            assertThat(registered).isEmpty();
            assertThat(log.lines()).anyMatch(line -> line.contains("event=gateway_misconfigured") && line.contains("client_id is missing"))
                    .noneMatch(line -> line.contains("s3cret"));
        }
    }
}

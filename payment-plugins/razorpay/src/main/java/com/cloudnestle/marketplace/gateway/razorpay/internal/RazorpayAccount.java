package com.cloudnestle.marketplace.gateway.razorpay.internal;

import com.cloudnestle.marketplace.payment.PaymentGateway;
import com.cloudnestle.marketplace.payment.UnusableGateway;
import java.time.InstantSource;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An account of the configuration {@code com.cloudnestle.marketplace.gateway.razorpay-<name>.cfg}, offered as a gateway. It is
 * registered by hand: the properties of a component become those of its service, which all bundles and the console can read, and
 * these are secrets.
 */
@Capability(namespace = "osgi.service",
        attribute = "objectClass:List<String>='com.cloudnestle.marketplace.payment.PaymentGateway'", uses = PaymentGateway.class)
@Component(service = {}, immediate = true, configurationPolicy = ConfigurationPolicy.REQUIRE,
        configurationPid = "com.cloudnestle.marketplace.gateway.razorpay")
public final class RazorpayAccount {

    private static final Logger LOG = LoggerFactory.getLogger(RazorpayAccount.class);

    private final PaymentGateway gateway;
    private final ServiceRegistration<PaymentGateway> registration;

    @Activate
    public RazorpayAccount(BundleContext bundle, @Reference InstantSource clock, Map<String, Object> properties) {
        gateway = gateway(new SettingsReader(properties, System::getenv), clock);
        Dictionary<String, Object> visible = new Hashtable<>(Map.of(
                "gateway.id", gateway.id(), "merchant.account", gateway.account(), "mode", gateway.capabilities().mode().name()));
        registration = bundle.registerService(PaymentGateway.class, gateway, visible);
    }

    static PaymentGateway gateway(SettingsReader reader, InstantSource clock) {
        try {
            AccountSettings settings = reader.read();
            LOG.info("event=gateway_configured gateway={} account={} mode={} api={}", settings.gateway(), settings.account(),
                    settings.capabilities().mode(), settings.api());
            return new RazorpayGateway(settings, new RazorpayApi(settings), clock, System::nanoTime);
        } catch (ConfigurationMistake e) {
            LOG.error("event=gateway_misconfigured gateway={} problem=\"{}\"; it is not offered."
                    + " See com.cloudnestle.marketplace.gateway.razorpay-*.cfg", reader.usableId(), e.getMessage());
            return new UnusableGateway(reader.usableId(), "Razorpay", e.getMessage());
        }
    }

    @Deactivate
    void stop() {
        registration.unregister();
        if (gateway instanceof RazorpayGateway open) {
            open.close();
        }
    }
}

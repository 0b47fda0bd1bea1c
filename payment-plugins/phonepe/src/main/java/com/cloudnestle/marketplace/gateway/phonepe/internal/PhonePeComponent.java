package com.cloudnestle.marketplace.gateway.phonepe.internal;

import com.cloudnestle.marketplace.payment.PaymentGateway;
import com.cloudnestle.marketplace.payment.UnusableGateway;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
 * One gateway for each configuration {@code com.cloudnestle.marketplace.gateway.phonepe-<name>.cfg}. It registers the service itself: a
 * service of the component would carry the whole configuration, with its secrets, as properties that every bundle can read.
 */
@Capability(namespace = "osgi.service",
        attribute = "objectClass:List<String>='com.cloudnestle.marketplace.payment.PaymentGateway'", uses = PaymentGateway.class)
@Component(service = {}, immediate = true, configurationPid = "com.cloudnestle.marketplace.gateway.phonepe",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class PhonePeComponent {

    private static final Logger LOG = LoggerFactory.getLogger(PhonePeComponent.class);

    private final ServiceRegistration<PaymentGateway> registration;
    private final List<Runnable> endings = new ArrayList<>();

    @Activate
    public PhonePeComponent(@Reference InstantSource clock, BundleContext context, Map<String, Object> properties) {
        PaymentGateway gateway = gateway(clock, properties);
        String mode = gateway.capabilities().mode().name();
        registration = context.registerService(PaymentGateway.class, gateway, new Hashtable<>(
                Map.of("gateway.id", gateway.id(), "merchant.account", gateway.account(), "mode", mode)));
    }

    private PaymentGateway gateway(InstantSource clock, Map<String, Object> properties) {
        try {
            GatewayAssembly assembly = new GatewayAssembly(new Settings(properties, System::getenv));
            HttpTransport transport = new HttpTransport(assembly.connectTimeout(), assembly.patience(), null);
            endings.add(transport::close); // what is under way may end
            ExecutorService executor = Executors.newCachedThreadPool(task -> {
                Thread thread = new Thread(task, "phonepe-health");
                thread.setDaemon(true);
                return thread;
            });
            endings.add(executor::shutdown);
            PaymentGateway gateway = assembly.gateway(transport, executor, new Repetition(assembly.patience()), clock);
            LOG.info("event=gateway_configured gateway={} account={} mode={}", gateway.id(), gateway.account(),
                    gateway.capabilities().mode());
            return gateway;
        } catch (IllegalArgumentException e) {
            String id = Settings.usableId(properties);
            LOG.error("event=gateway_misconfigured gateway={} configuration={} problem=\"{}\"; it is not offered", id,
                    properties.get("service.pid"), e.getMessage());
            return new UnusableGateway(id, "PhonePe", String.valueOf(e.getMessage()));
        }
    }

    @Deactivate
    public void close() {
        registration.unregister();
        endings.forEach(Runnable::run);
    }
}

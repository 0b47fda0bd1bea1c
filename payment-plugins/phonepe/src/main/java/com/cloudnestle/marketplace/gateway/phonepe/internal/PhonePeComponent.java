package com.cloudnestle.marketplace.gateway.phonepe.internal;

import com.cloudnestle.marketplace.payment.PaymentGateway;
import java.time.InstantSource;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
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
 * One gateway for each configuration {@code com.cloudnestle.marketplace.gateway.phonepe~<name>.cfg}. It registers the service itself: a
 * service of the component would carry the whole configuration, with its secrets, as properties that every bundle can read. A
 * configuration that cannot be used registers nothing and is told of.
 */
@Component(service = {}, immediate = true, configurationPid = "com.cloudnestle.marketplace.gateway.phonepe",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class PhonePeComponent {

    private static final Logger LOG = LoggerFactory.getLogger(PhonePeComponent.class);

    private final Optional<Running> running;

    private record Running(ServiceRegistration<PaymentGateway> registration, HttpTransport transport, ExecutorService executor) {}

    @Activate
    public PhonePeComponent(@Reference InstantSource clock, BundleContext context, Map<String, Object> properties) {
        running = Optional.ofNullable(started(clock, context, properties));
    }

    private static @Nullable Running started(InstantSource clock, BundleContext context, Map<String, Object> properties) {
        try {
            GatewayAssembly assembly = new GatewayAssembly(new Settings(properties, System::getenv));
            HttpTransport transport = new HttpTransport(assembly.connectTimeout(), assembly.patience(), null);
            ExecutorService executor = Executors.newCachedThreadPool(task -> {
                Thread thread = new Thread(task, "phonepe-health");
                thread.setDaemon(true);
                return thread;
            });
            PaymentGateway gateway;
            try {
                gateway = assembly.gateway(transport, executor, new Repetition(assembly.patience()), clock);
            } catch (IllegalArgumentException e) {
                transport.close();
                executor.shutdown();
                throw e;
            }
            Dictionary<String, Object> told = new Hashtable<>();
            told.put("gateway.id", gateway.id());
            told.put("gateway.account", gateway.account());
            LOG.info("event=gateway_started gateway={} account={} mode={}", gateway.id(), gateway.account(), gateway.capabilities().mode());
            return new Running(context.registerService(PaymentGateway.class, gateway, told), transport, executor);
        } catch (IllegalArgumentException e) {
            LOG.error("event=gateway_misconfigured gateway=phonepe configuration={} problem=\"{}\"; it is not offered",
                    properties.get("service.pid"), e.getMessage());
            return null;
        }
    }

    @Deactivate
    public void close() {
        running.ifPresent(one -> {
            one.registration().unregister();
            one.transport().close(); // what is under way may end
            one.executor().shutdown();
        });
    }
}

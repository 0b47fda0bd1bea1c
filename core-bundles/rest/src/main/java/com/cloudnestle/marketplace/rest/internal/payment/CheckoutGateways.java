package com.cloudnestle.marketplace.rest.internal.payment;

import com.cloudnestle.marketplace.catalog.WebOrigin;
import com.cloudnestle.marketplace.payment.PaymentGateway;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** What the page that starts a provider's script needs of the gateways that are there now. */
@Component(service = CheckoutGateways.class)
public final class CheckoutGateways {

    /** Plain names only: nothing but this folder of a bundle is shown to anybody. */
    private static final Pattern STARTER = Pattern.compile("[a-z][a-z0-9-]*\\.js");

    private final Map<PaymentGateway, Function<String, @Nullable URL>> installed = new ConcurrentHashMap<>();

    @Activate
    public CheckoutGateways() {
        // they come and go at any time
    }

    CheckoutGateways(Map<PaymentGateway, Function<String, @Nullable URL>> installed) {
        this.installed.putAll(installed);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addGateway(PaymentGateway gateway, ServiceReference<PaymentGateway> reference) {
        installed.put(gateway, path -> {
            Bundle bundle = reference.getBundle(); // null once it is gone
            return bundle == null ? null : bundle.getEntry(path);
        });
    }

    void removeGateway(PaymentGateway gateway) {
        installed.remove(gateway);
    }

    /** Web origins whose scripts, frames and calls the gateway's page needs; empty if the gateway is not there. */
    Optional<List<String>> origins(String id, String account) {
        return installed.keySet().stream()
                .filter(gateway -> gateway.id().equals(id) && gateway.account().equals(account))
                .findFirst()
                .map(gateway -> gateway.capabilities().scriptOrigins().stream()
                        .flatMap(origin -> WebOrigin.parse(origin).stream()) // they stand in a header: nothing else may
                        .map(WebOrigin::toString)
                        .toList());
    }

    /** The gateway's own script of that name. */
    Optional<byte[]> starter(String id, String file) {
        if (!STARTER.matcher(file).matches()) {
            return Optional.empty();
        }
        return installed.entrySet().stream()
                .filter(entry -> entry.getKey().id().equals(id))
                .flatMap(entry -> Optional.ofNullable(entry.getValue().apply("checkout/" + file)).stream())
                .findFirst()
                .map(CheckoutGateways::read);
    }

    private static byte[] read(URL url) {
        try (InputStream in = url.openStream()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

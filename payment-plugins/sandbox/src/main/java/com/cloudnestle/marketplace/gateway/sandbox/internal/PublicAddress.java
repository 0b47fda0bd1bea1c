package com.cloudnestle.marketplace.gateway.sandbox.internal;

import java.util.Locale;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Whether people reach this marketplace by an address that is made for them: TLS is the sign of it. */
@Component(service = PublicAddress.class, configurationPid = "com.cloudnestle.marketplace.edge")
public final class PublicAddress {

    private final boolean forPeople;

    @Activate
    public PublicAddress(Map<String, Object> properties) {
        Object said = properties.getOrDefault("public_url", properties.getOrDefault("public.url", ""));
        forPeople = said.toString().strip().toLowerCase(Locale.ROOT).startsWith("https:");
    }

    boolean forPeople() {
        return forPeople;
    }
}

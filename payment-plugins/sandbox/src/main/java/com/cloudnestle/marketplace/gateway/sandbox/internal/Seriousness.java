package com.cloudnestle.marketplace.gateway.sandbox.internal;

import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** What the operator says of this server: {@code production} in the configuration of payments; nothing if it is not said. */
@Component(service = Seriousness.class, configurationPid = "com.cloudnestle.marketplace.payment")
public final class Seriousness {

    private final Optional<Boolean> production;

    @Activate
    public Seriousness(Map<String, Object> properties) {
        production = Optional.ofNullable(properties.get("production")).map(said -> said.toString().strip())
                .filter(said -> !said.isEmpty()).map(said -> !said.equalsIgnoreCase("false"));
    }

    Optional<Boolean> production() {
        return production;
    }
}

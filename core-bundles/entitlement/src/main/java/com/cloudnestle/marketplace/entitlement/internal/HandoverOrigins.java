package com.cloudnestle.marketplace.entitlement.internal;

import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.catalog.WebOrigin;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Where people may be sent back to: what solutions say of themselves, and what the operator adds. */
@Component(
        service = HandoverOrigins.class,
        configurationPid = {"com.cloudnestle.marketplace.edge", "com.cloudnestle.marketplace.handover"})
public final class HandoverOrigins {

    /** Without a metatype: that knows one PID only, and the public address is the edge's. */
    @interface Config {
        /** Address of this marketplace as people see it, e.g. {@code https://market.example.com}. */
        String public__url() default "";

        /** Beyond those that solutions name themselves: {@code solution-id origin}, separated by commas. */
        String origins() default "";

        /** Ids of solutions that get the token in the address of the page that is returned to, separated by commas. */
        String token__in__url() default "";
    }

    private final Optional<WebOrigin> own;
    private final Map<String, Set<String>> added;
    private final Set<String> inUrl;

    /** @throws IllegalArgumentException if the configuration is not sound: nobody is sent anywhere by guessing */
    @Activate
    public HandoverOrigins(Config config) {
        own = config.public__url().isBlank() ? Optional.empty() : Optional.of(ownOrigin(config.public__url().strip()));
        added = new HashMap<>();
        for (String entry : config.origins().split(",")) {
            String[] parts = entry.strip().split("\\s+");
            if (parts.length == 2) {
                added.computeIfAbsent(parts[0], id -> new HashSet<>()).add(WebOrigin.registered(parts[1]).toString());
            } else if (!entry.isBlank()) {
                throw new IllegalArgumentException("origins: not 'solution-id origin': '" + entry.strip() + "'");
            }
        }
        inUrl = new HashSet<>();
        for (String id : config.token__in__url().split(",")) {
            inUrl.add(id.strip());
        }
    }

    /** Origins outside this server. */
    Set<String> of(CatalogEntry solution) {
        Set<String> all = new LinkedHashSet<>(solution.descriptor().origins());
        all.addAll(added.getOrDefault(solution.id(), Set.of()));
        return all;
    }

    boolean own(WebOrigin origin) {
        return own.filter(origin::equals).isPresent();
    }

    boolean tokenInUrl(CatalogEntry solution) {
        return solution.descriptor().tokenInUrl() || inUrl.contains(solution.id());
    }

    private static WebOrigin ownOrigin(String publicUrl) {
        return WebOrigin.ofAddress(publicUrl)
                .orElseThrow(() -> new IllegalArgumentException("public_url is no address: '" + publicUrl + "'"));
    }
}

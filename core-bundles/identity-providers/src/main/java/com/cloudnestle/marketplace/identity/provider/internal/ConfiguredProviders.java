package com.cloudnestle.marketplace.identity.provider.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.ExternalSignIn.Provider;
import com.cloudnestle.marketplace.identity.provider.internal.ProviderSettings.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The providers of the configuration. One that is misconfigured is left out and told of, at the start and not when the first
 * person wants it; the others work.
 */
@Component(service = ConfiguredProviders.class, immediate = true,
        configurationPid = "com.cloudnestle.marketplace.providers")
public final class ConfiguredProviders {

    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredProviders.class);

    private final List<IdentityProvider> providers;

    @Activate
    public ConfiguredProviders(@Reference PublicAddress publicAddress, Map<String, Object> properties) {
        this(new Settings(properties, System::getenv, publicAddress), new ProviderHttp());
    }

    ConfiguredProviders(Settings settings, ProviderHttp http) {
        List<IdentityProvider> usable = new ArrayList<>();
        for (String id : settings.ids()) {
            try {
                ProviderSettings provider = settings.provider(id);
                usable.add(provider.protocol() == Protocol.GITHUB
                        ? new GitHubProvider(provider, http) : new OpenIdProvider(provider, http));
                LOG.info("event=provider_configured provider={} issuer={}", id, provider.issuer());
            } catch (IllegalArgumentException e) {
                LOG.error("event=provider_misconfigured provider={} problem=\"{}\"; it is not offered."
                        + " See com.cloudnestle.marketplace.providers.cfg", id, e.getMessage());
            }
        }
        providers = List.copyOf(usable);
    }

    List<Provider> all() {
        return providers.stream().map(IdentityProvider::provider).toList();
    }

    boolean has(String id) {
        return find(id).isPresent();
    }

    /** What people call it; its id if it is not configured any more. */
    String name(String id) {
        return find(id).map(provider -> provider.provider().name()).orElse(id);
    }

    /** @throws MarketplaceException {@code not-found} (404) */
    IdentityProvider require(String id) {
        return find(id).orElseThrow(() -> new MarketplaceException(Problem.NOT_FOUND, "There is no such sign-in provider."));
    }

    private Optional<IdentityProvider> find(String id) {
        return providers.stream().filter(provider -> provider.provider().id().equals(id)).findFirst();
    }
}

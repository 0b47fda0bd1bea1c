package com.cloudnestle.marketplace.identity;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Sign-in with accounts of others, by OpenID Connect or OAuth 2. Which ones is configuration. */
@ProviderType
public interface ExternalSignIn {

    /** Those that are configured, in the operator's order. */
    List<Provider> providers();

    /**
     * Begins.
     *
     * @param linkTo account to which the identity is added; empty: signs in
     * @throws com.cloudnestle.marketplace.error.MarketplaceException {@code not-found} (404) for no such provider,
     *     {@code provider-unavailable} (503)
     */
    Start start(String providerId, Optional<Visit> visit, Optional<String> linkTo, Client client);

    /**
     * Ends: the browser came back.
     *
     * @param answer query parameters of the callback
     * @param browserSecret of the cookie set at the start: an answer meant for another browser is refused
     * @throws com.cloudnestle.marketplace.error.MarketplaceException {@code sign-in-refused} (401) with a reason that may be
     *     shown, {@code provider-unavailable} (503), {@code conflict} (409) if the identity belongs to another account or the
     *     account's address was not verified by this provider
     */
    Finished finish(String providerId, Map<String, String> answer, String browserSecret, Client client);

    /** Identities linked to an account. */
    List<Identity> ofAccount(String accountId);

    /** The last way to sign in cannot be removed: {@code conflict} (409). */
    void unlink(String accountId, String providerId, Client client);

    /** @param id short, in addresses; {@code name} is for people */
    record Provider(String id, String name) {}

    /** @param redirect where the browser goes; {@code browserSecret} is for a cookie that lives as long as the ceremony */
    record Start(URI redirect, String browserSecret) {
        @Override
        public String toString() {
            return "Start[]";
        }
    }

    record Finished(SignIn.Step step, Optional<Visit> visit) {}

    /** @param account what the provider calls the person, for showing */
    record Identity(String providerId, String account) {}
}

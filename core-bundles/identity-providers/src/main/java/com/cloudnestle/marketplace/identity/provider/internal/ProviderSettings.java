package com.cloudnestle.marketplace.identity.provider.internal;

import com.cloudnestle.marketplace.identity.ExternalSignIn.Provider;
import java.net.URI;
import java.util.List;

/**
 * One configured provider, checked.
 *
 * @param issuer who is believed; for GitHub its address in the browser
 * @param api GitHub: where its REST API is; others: the issuer
 * @param clientSecret empty: a public client, that proves itself by PKCE alone
 * @param callback where the browser comes back to
 */
record ProviderSettings(
        Provider provider, Protocol protocol, URI issuer, URI api, String clientId, String clientSecret, List<String> scopes,
        URI callback) {

    ProviderSettings {
        scopes = List.copyOf(scopes);
    }

    String id() {
        return provider.id();
    }

    String name() {
        return provider.name();
    }

    @Override
    public String toString() {
        return "ProviderSettings[" + id() + "]"; // holds a secret
    }

    enum Protocol {
        OPENID_CONNECT,
        GITHUB
    }
}

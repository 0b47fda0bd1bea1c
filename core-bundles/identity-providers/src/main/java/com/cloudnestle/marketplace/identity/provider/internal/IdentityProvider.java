package com.cloudnestle.marketplace.identity.provider.internal;

import com.cloudnestle.marketplace.identity.ExternalSignIn.Provider;
import java.net.URI;
import java.util.Map;

/** Somebody who knows who people are. */
interface IdentityProvider {

    Provider provider();

    /**
     * Where the browser goes to ask.
     *
     * @throws com.cloudnestle.marketplace.error.MarketplaceException {@code provider-unavailable} (503)
     */
    URI begin(Ceremony ceremony);

    /**
     * Who the answer says it is.
     *
     * @param answer query parameters that the browser brought back
     * @throws com.cloudnestle.marketplace.error.MarketplaceException {@code sign-in-refused} (401), {@code provider-unavailable} (503)
     */
    ProviderAccount identify(Map<String, String> answer, Ceremony ceremony);
}

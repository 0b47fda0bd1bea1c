package com.cloudnestle.marketplace.entitlement;

import com.cloudnestle.marketplace.entitlement.SolutionTokens.IssuedToken;
import com.cloudnestle.marketplace.identity.Visit;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Brings a person back to the page of a solution they came from, with access. Only origins that the solution or the operator
 * registered are gone back to: scheme, host and port compared as a browser reads the address, never by text.
 */
@ProviderType
public interface Handover {

    /** How long a code can be exchanged, in seconds. */
    int CODE_SECONDS = 120;

    /**
     * Checks an address to return to before anybody is asked to sign up for it.
     *
     * @param solutionId id or alias
     * @param returnUrl null: the solution's own start page
     * @throws com.cloudnestle.marketplace.error.MarketplaceException {@code solution-unknown} (404), {@code invalid-field} (422)
     *     naming {@code return_url} or {@code code_challenge}
     */
    Visit check(String solutionId, @Nullable String returnUrl, @Nullable String codeChallenge);

    /** Origins whose pages may exchange codes of this solution and call its API from a browser, e.g. {@code https://example.com}. */
    Set<String> origins(String solutionId);

    /**
     * Grants the solution's first tier for registered customers, unless there is an entitlement, makes sure there is a token,
     * and says where to go: the return address with a one-time code in its fragment ({@code marketplace_code}), or, where the
     * solution opted for it, with the token in its query ({@code token}, {@code user_email}).
     */
    URI depart(String customerId, Visit visit);

    /**
     * The token behind a code. A code works once; presented again, the token that the first exchange gave is revoked.
     *
     * @param origin of the page that asks, as the browser says; null outside a browser. Must be that of the return address
     * @param verifier what the code challenge was made of; null if there was none
     * @throws com.cloudnestle.marketplace.error.MarketplaceException {@code code-invalid} (410)
     */
    IssuedToken exchange(String code, String solutionId, @Nullable String verifier, @Nullable String origin);
}

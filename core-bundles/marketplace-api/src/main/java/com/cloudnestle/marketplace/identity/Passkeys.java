package com.cloudnestle.marketplace.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * WebAuthn credentials. Options and credentials are the JSON texts that browsers' {@code parseCreationOptionsFromJSON},
 * {@code parseRequestOptionsFromJSON} and {@code toJSON} understand and make.
 *
 * @see <a href="https://www.w3.org/TR/webauthn-3/">Web Authentication, level 3</a>
 */
@ProviderType
public interface Passkeys {

    Ceremony beginRegistration(String accountId);

    /**
     * @throws com.cloudnestle.marketplace.error.MarketplaceException {@code code-invalid} (410) for an unknown or expired ticket,
     *     {@code invalid-field} (422) if the credential does not hold
     */
    Passkey register(String accountId, String ticket, String credential, String name, Client client);

    /** Begins a sign-in, of nobody in particular or as a second step. */
    Ceremony beginSignIn(Optional<String> secondFactorTicket);

    /** @throws com.cloudnestle.marketplace.error.MarketplaceException {@code sign-in-refused} (401), {@code code-invalid} (410) */
    SignIn.Done signIn(String ticket, String credential, Client client);

    List<Passkey> ofAccount(String accountId);

    void rename(String accountId, String passkeyId, String name);

    /** The last way to sign in cannot be removed: {@code conflict} (409). */
    void remove(String accountId, String passkeyId, Client client);

    /** @param options JSON for the browser */
    record Ceremony(String ticket, String options) {}

    /** @param id {@code psk_…} */
    record Passkey(String id, String name, Instant createdAt, Optional<Instant> usedAt) {}
}

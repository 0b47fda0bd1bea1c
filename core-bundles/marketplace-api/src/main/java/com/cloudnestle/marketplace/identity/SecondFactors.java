package com.cloudnestle.marketplace.identity;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Authenticator apps and recovery codes. Each change is audited and told to the person by mail.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6238">RFC 6238, TOTP</a>: SHA-1, 6 digits, 30 s
 */
@ProviderType
public interface SecondFactors {

    /** Begins; nothing holds until {@link #confirm}. Beginning again makes another secret. */
    Enrolment begin(String accountId);

    /**
     * @param code of the authenticator, to show that it works
     * @return recovery codes, ten, each good once, shown only now
     * @throws com.cloudnestle.marketplace.error.MarketplaceException {@code invalid-field} (422) for a wrong code,
     *     {@code conflict} (409) if nothing was begun
     */
    List<String> confirm(String accountId, String code, Client client);

    /** Ten new ones; the old ones end. */
    List<String> renewRecoveryCodes(String accountId, Client client);

    /** How many recovery codes are left. */
    int recoveryCodesLeft(String accountId);

    void remove(String accountId, Client client);

    /** @param secret base32, for typing; {@code uri} holds it too, for a QR code */
    record Enrolment(String secret, String uri) {
        @Override
        public String toString() {
            return "Enrolment[]";
        }
    }
}

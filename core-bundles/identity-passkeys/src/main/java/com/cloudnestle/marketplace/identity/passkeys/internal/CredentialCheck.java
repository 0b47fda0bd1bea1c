package com.cloudnestle.marketplace.identity.passkeys.internal;

import com.cloudnestle.marketplace.identity.passkeys.internal.StoredPasskey.Credential;
import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecord;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticatorTransport;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.data.extension.authenticator.RegistrationExtensionAuthenticatorOutput;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.verifier.exception.MaliciousCounterValueException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What browsers bring, checked as the standard says. The person must have been verified by the authenticator, so a passkey
 * counts for two factors. Whose make an authenticator is, is not asked. Thread-safe.
 *
 * @see <a href="https://www.w3.org/TR/webauthn-3/#sctn-rp-operations">Web Authentication, relying party operations</a>
 */
final class CredentialCheck {

    /** Of a credential as JSON; a real one has two or three thousand characters. */
    private static final int MAX_CHARACTERS = 50_000;

    private static final Logger LOG = LoggerFactory.getLogger(CredentialCheck.class);

    /** Signature algorithms (COSE numbers), the most wanted first. */
    static final List<COSEAlgorithmIdentifier> ALGORITHMS =
            List.of(COSEAlgorithmIdentifier.ES256, COSEAlgorithmIdentifier.EdDSA, COSEAlgorithmIdentifier.RS256);

    private static final List<PublicKeyCredentialParameters> PARAMETERS = ALGORITHMS.stream()
            .map(algorithm -> new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY, algorithm))
            .toList();

    private final ObjectConverter converter = new ObjectConverter();
    private final WebAuthnManager webAuthn = WebAuthnManager.createNonStrictWebAuthnManager(converter);
    private final AttestedCredentialDataConverter attested = new AttestedCredentialDataConverter(converter);
    private final RelyingParty party;

    CredentialCheck(RelyingParty party) {
        this.party = party;
    }

    /** @param counter the first one */
    record Registered(Credential credential, long counter) {}

    /** Who somebody says to be; nothing of it is proved yet. */
    static final class Claim {
        private final AuthenticationData data;

        private Claim(AuthenticationData data) {
            this.data = data;
        }

        byte[] credentialId() {
            return data.getCredentialId();
        }

        /** What the authenticator knows the account by; absent from those that were told which credential to use. */
        Optional<byte[]> userHandle() {
            return Optional.ofNullable(data.getUserHandle());
        }
    }

    enum Verdict {
        PROVED,
        REFUSED,
        /** Right but for the counter, which did not grow: there may be a copy of the authenticator. */
        COUNTER_WENT_BACK
    }

    /** @return empty if the credential does not hold */
    Optional<Registered> registration(String json, byte[] challenge) {
        RegistrationParameters wanted = new RegistrationParameters(server(challenge), PARAMETERS, true, true);
        return readable(json, () -> registered(webAuthn.verify(webAuthn.parseRegistrationResponseJSON(json), wanted)));
    }

    private Registered registered(RegistrationData data) {
        AuthenticatorData<RegistrationExtensionAuthenticatorOutput> authenticator =
                Objects.requireNonNull(data.getAttestationObject()).getAuthenticatorData();
        AttestedCredentialData made = Objects.requireNonNull(authenticator.getAttestedCredentialData());
        Set<String> transports = new TreeSet<>();
        if (data.getTransports() != null) {
            data.getTransports().stream().map(AuthenticatorTransport::getValue).filter(CredentialCheck::known).forEach(transports::add);
        }
        return new Registered(
                new Credential(made.getCredentialId(), attested.convert(made), authenticator.isFlagBE(), List.copyOf(transports)),
                authenticator.getSignCount());
    }

    /** Browsers may send words that are new; what is not a word is nothing to keep. */
    private static boolean known(String transport) {
        return transport.matches("[a-z-]{1,20}");
    }

    /** @return empty if it cannot be read */
    Optional<Claim> claim(String json) {
        return readable(json, () -> {
            AuthenticationData data = webAuthn.parseAuthenticationResponseJSON(json);
            return data.getCredentialId() == null ? null : new Claim(data);
        });
    }

    Verdict check(Claim claim, StoredPasskey passkey, byte[] challenge) {
        CredentialRecord record = new CredentialRecordImpl(
                new NoneAttestationStatement(), true, passkey.credential().backupEligible(), null, passkey.counter(),
                attested.convert(passkey.credential().attested()), null, null, null, null);
        AuthenticationParameters wanted = new AuthenticationParameters(server(challenge), record, null, true, true);
        try {
            webAuthn.verify(claim.data, wanted);
            return Verdict.PROVED;
        } catch (MaliciousCounterValueException e) {
            return Verdict.COUNTER_WENT_BACK;
        } catch (RuntimeException e) {
            refused(e);
            return Verdict.REFUSED;
        }
    }

    /** What the authenticator says of itself, to be believed once the claim is proved. */
    static long counter(Claim claim) {
        return Objects.requireNonNull(claim.data.getAuthenticatorData()).getSignCount();
    }

    private ServerProperty server(byte[] challenge) {
        return ServerProperty.builder()
                .origin(new Origin(party.origin()))
                .rpId(party.id())
                .challenge(new DefaultChallenge(challenge))
                .build();
    }

    private static <T> Optional<T> readable(String json, Supplier<T> work) {
        if (json.length() > MAX_CHARACTERS) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(work.get());
        } catch (RuntimeException e) {
            refused(e);
            return Optional.empty();
        }
    }

    // Beside its own exceptions the library has others, null pointers among them, for what no browser sends.
    private static void refused(RuntimeException e) {
        LOG.info("event=passkey_refused reason={}", e.getClass().getSimpleName());
    }
}

package com.cloudnestle.marketplace.identity.passkeys.internal;

import com.cloudnestle.marketplace.identity.Account;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What a browser is asked for, as JSON.
 *
 * @see <a href="https://www.w3.org/TR/webauthn-3/#sctn-parseCreationOptionsFromJSON">the JSON of both ceremonies</a>
 */
final class CeremonyOptions {

    private static final String PARTY_NAME = "CloudNestle Marketplace";
    private static final String TYPE = "public-key";
    /** Verified by PIN, finger or face: a passkey stands for two factors. */
    private static final String REQUIRED = "required";

    private CeremonyOptions() {}

    /** @param present none of these authenticators is to make another one */
    static String creation(String rpId, Account account, byte[] handle, byte[] challenge, List<StoredPasskey> present) {
        ObjectNode options = begin(challenge);
        options.putObject("rp").put("id", rpId).put("name", PARTY_NAME);
        String email = account.email().value();
        options.putObject("user")
                .put("id", Secrets.base64(handle))
                .put("name", email)
                .put("displayName", account.name().isBlank() ? email : account.name());
        ArrayNode parameters = options.putArray("pubKeyCredParams");
        CredentialCheck.ALGORITHMS.forEach(algorithm -> parameters.addObject().put("type", TYPE).put("alg", algorithm.getValue()));
        options.set("excludeCredentials", descriptors(present));
        // Discoverable, so that nobody needs to type an address to sign in.
        options.putObject("authenticatorSelection")
                .put("residentKey", REQUIRED)
                .put("requireResidentKey", true)
                .put("userVerification", REQUIRED);
        options.put("attestation", "none");
        return options.toString();
    }

    /** @param allowed empty: whichever the person chooses */
    static String request(String rpId, byte[] challenge, List<StoredPasskey> allowed) {
        ObjectNode options = begin(challenge);
        options.put("rpId", rpId).put("userVerification", REQUIRED);
        options.set("allowCredentials", descriptors(allowed));
        return options.toString();
    }

    private static ObjectNode begin(byte[] challenge) {
        return JsonNodeFactory.instance.objectNode()
                .put("challenge", Secrets.base64(challenge))
                .put("timeout", CeremonyTickets.VALID.toMillis());
    }

    private static ArrayNode descriptors(List<StoredPasskey> passkeys) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (StoredPasskey passkey : passkeys) {
            ObjectNode descriptor = all.addObject().put("type", TYPE).put("id", Secrets.base64(passkey.credential().id()));
            if (!passkey.credential().transports().isEmpty()) {
                ArrayNode transports = descriptor.putArray("transports");
                passkey.credential().transports().forEach(transports::add);
            }
        }
        return all;
    }
}

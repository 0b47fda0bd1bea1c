package com.cloudnestle.marketplace.identity.passkeys.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * A browser with an authenticator of one passkey, made of nothing but the JDK. It is honest until a test lets it lie by
 * setting a field.
 */
final class SoftAuthenticator {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final int USER_PRESENT = 0x01;
    private static final int USER_VERIFIED = 0x04;
    private static final int BACKUP_ELIGIBLE = 0x08;
    private static final int BACKED_UP = 0x10;
    private static final int ATTESTED = 0x40;

    enum Algorithm {
        ES256("EC", "SHA256withECDSA"),
        EDDSA("Ed25519", "Ed25519"),
        RS256("RSA", "SHA256withRSA");

        private final String keys;
        private final String signature;

        Algorithm(String keys, String signature) {
            this.keys = keys;
            this.signature = signature;
        }
    }

    String origin;
    /** Empty: what the options say. */
    Optional<String> rpId = Optional.empty();
    Optional<byte[]> challenge = Optional.empty();
    Optional<byte[]> userHandle = Optional.empty();
    boolean tellsUserHandle = true;
    boolean verifiesUser = true;
    boolean userPresent = true;
    boolean crossOrigin;
    boolean backup;
    boolean changesSignature;
    /** 0: does not count. */
    int countsBy = 1;
    int counter;
    String transports = "[\"internal\",\"hybrid\"]";

    private final Algorithm algorithm;
    private KeyPair keys;
    private byte[] credentialId = new byte[0];
    private byte[] owner = new byte[0];

    SoftAuthenticator(String origin, Algorithm algorithm) {
        this.origin = origin;
        this.algorithm = algorithm;
        keys = newKeys(algorithm);
    }

    SoftAuthenticator(String origin) {
        this(origin, Algorithm.ES256);
    }

    byte[] credentialId() {
        return credentialId.clone();
    }

    /** As if somebody had got hold of the credential's name, but not of its key. */
    SoftAuthenticator impostor() {
        SoftAuthenticator made = new SoftAuthenticator(origin, algorithm);
        made.credentialId = credentialId;
        made.owner = owner;
        made.counter = counter;
        return made;
    }

    /** With the same key. */
    SoftAuthenticator copy() {
        SoftAuthenticator made = impostor();
        made.keys = keys;
        return made;
    }

    /** {@code navigator.credentials.create}. */
    String create(String options) {
        JsonNode asked = read(options);
        for (JsonNode excluded : asked.path("excludeCredentials")) {
            if (Arrays.equals(decode(excluded.path("id").asText()), credentialId)) {
                throw new IllegalStateException("InvalidStateError");
            }
        }
        credentialId = Secrets.random(32);
        return createAgain(options);
    }

    /** With the credential id it has, which no honest one does. */
    String createAgain(String options) {
        JsonNode asked = read(options);
        owner = decode(asked.path("user").path("id").asText());
        byte[] client = clientData("webauthn.create", asked);
        byte[] key = Cbor.bytes(publicKey());
        byte[] data = authenticatorData(asked.path("rp").path("id").asText(), ATTESTED, ByteBuffer.allocate(18 + credentialId.length + key.length)
                .put(new byte[16]).putShort((short) credentialId.length).put(credentialId).put(key).array());
        ObjectNode made = credential();
        ObjectNode response = made.putObject("response")
                .put("clientDataJSON", encode(client))
                .put("attestationObject", encode(Cbor.bytes(Cbor.map("fmt", "none", "attStmt", Map.of(), "authData", data))))
                .put("authenticatorData", encode(data))
                .put("publicKey", encode(keys.getPublic().getEncoded()))
                .put("publicKeyAlgorithm", -7);
        response.set("transports", read(transports));
        return made.toString();
    }

    /** {@code navigator.credentials.get}. */
    String get(String options) {
        JsonNode asked = read(options);
        counter += countsBy;
        byte[] client = clientData("webauthn.get", asked);
        byte[] data = authenticatorData(asked.path("rpId").asText(), 0, new byte[0]);
        byte[] signature = sign(ByteBuffer.allocate(data.length + 32).put(data).put(sha256(client)).array());
        if (changesSignature) {
            signature[signature.length - 1] ^= 1;
        }
        ObjectNode made = credential();
        ObjectNode response = made.putObject("response")
                .put("clientDataJSON", encode(client))
                .put("authenticatorData", encode(data))
                .put("signature", encode(signature));
        if (tellsUserHandle) {
            response.put("userHandle", encode(userHandle.orElse(owner)));
        }
        return made.toString();
    }

    private ObjectNode credential() {
        ObjectNode made = JSON.createObjectNode()
                .put("id", encode(credentialId))
                .put("rawId", encode(credentialId))
                .put("type", "public-key")
                .put("authenticatorAttachment", "platform");
        made.putObject("clientExtensionResults");
        return made;
    }

    private byte[] clientData(String type, JsonNode asked) {
        String text = challenge.map(SoftAuthenticator::encode).orElse(asked.path("challenge").asText());
        ObjectNode client = JSON.createObjectNode().put("type", type).put("challenge", text).put("origin", origin);
        return client.put("crossOrigin", crossOrigin).toString().getBytes(StandardCharsets.UTF_8);
    }

    private byte[] authenticatorData(String askedRpId, int flags, byte[] attested) {
        int all = flags
                | (userPresent ? USER_PRESENT : 0)
                | (verifiesUser ? USER_VERIFIED : 0)
                | (backup ? BACKUP_ELIGIBLE | BACKED_UP : 0);
        return ByteBuffer.allocate(37 + attested.length)
                .put(sha256(rpId.orElse(askedRpId).getBytes(StandardCharsets.UTF_8)))
                .put((byte) all)
                .putInt(counter)
                .put(attested)
                .array();
    }

    private Map<Object, Object> publicKey() {
        byte[] encoded = keys.getPublic().getEncoded(); // ends with the key itself, but for RSA
        int end = encoded.length;
        return switch (algorithm) {
            case ES256 -> Cbor.map(1, 2, 3, -7, -1, 1, -2, Arrays.copyOfRange(encoded, end - 64, end - 32),
                    -3, Arrays.copyOfRange(encoded, end - 32, end));
            case EDDSA -> Cbor.map(1, 1, 3, -8, -1, 6, -2, Arrays.copyOfRange(encoded, end - 32, end));
            case RS256 -> {
                RSAPublicKey rsa = (RSAPublicKey) keys.getPublic();
                yield Cbor.map(1, 3, 3, -257, -1, unsigned(rsa.getModulus()), -2, unsigned(rsa.getPublicExponent()));
            }
        };
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private byte[] sign(byte[] data) {
        try {
            Signature signature = Signature.getInstance(algorithm.signature);
            signature.initSign(keys.getPrivate());
            signature.update(data);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair newKeys(Algorithm algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm.keys);
            if (algorithm == Algorithm.ES256) {
                generator.initialize(new ECGenParameterSpec("secp256r1"));
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] decode(String text) {
        return Base64.getUrlDecoder().decode(text);
    }

    static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

package com.cloudnestle.marketplace.identity.internal.factor;

import com.cloudnestle.marketplace.platform.ServerSecrets;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts authenticator secrets, which must be readable here, with a key that is not in the store: a stolen database gives no
 * second factor. AES-256-GCM, bound to the account.
 */
final class SealedSecret {

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final ServerSecrets secrets;
    private final SecureRandom random = new SecureRandom();

    SealedSecret(ServerSecrets secrets) {
        this.secrets = secrets;
    }

    byte[] seal(String accountId, byte[] secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = apply(Cipher.ENCRYPT_MODE, accountId, nonce, secret);
        byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
        System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
        return all;
    }

    byte[] open(String accountId, byte[] all) {
        return apply(Cipher.DECRYPT_MODE, accountId, Arrays.copyOf(all, NONCE_BYTES),
                Arrays.copyOfRange(all, NONCE_BYTES, all.length));
    }

    private byte[] apply(int mode, String accountId, byte[] nonce, byte[] text) {
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, new SecretKeySpec(secrets.keyedHash("authenticator", "secret"), "AES"),
                    new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(accountId.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("an authenticator secret was sealed with another server secret", e);
        }
    }
}

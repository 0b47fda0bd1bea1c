package com.cloudnestle.marketplace.testing;

import com.cloudnestle.marketplace.platform.ServerSecrets;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Keyed hashes whose secret is a word, so that two of them with the same word agree and others do not. Thread-safe. */
public final class FixedSecrets implements ServerSecrets {

    private final String word;

    public FixedSecrets() {
        this("fixed");
    }

    public FixedSecrets(String word) {
        this.word = word;
    }

    @Override
    public byte[] keyedHash(String purpose, String text) {
        try {
            byte[] key = MessageDigest.getInstance("SHA-256")
                    .digest((word + "|" + purpose).getBytes(StandardCharsets.UTF_8));
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA-256", e);
        }
    }
}

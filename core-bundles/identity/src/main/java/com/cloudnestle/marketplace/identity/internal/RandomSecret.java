package com.cloudnestle.marketplace.identity.internal;

import java.security.SecureRandom;
import java.util.Base64;

/** 256 random bits as 43 characters that need no escaping anywhere. */
final class RandomSecret {

    static final int LENGTH = 43;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    private RandomSecret() {}

    static String next() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

package com.cloudnestle.marketplace.identity.internal;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/** 256 random bits as 43 characters that need no escaping anywhere. */
public final class RandomSecret {

    public static final int LENGTH = 43;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{" + LENGTH + "}");

    private RandomSecret() {}

    public static String next() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Whether a text could be one; saves looking for what cannot be there. */
    public static boolean wellFormed(String text) {
        return FORM.matcher(text).matches();
    }
}

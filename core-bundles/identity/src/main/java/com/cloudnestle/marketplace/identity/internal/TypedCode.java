package com.cloudnestle.marketplace.identity.internal;

import java.security.SecureRandom;
import java.util.Locale;

/** Codes that people type: Crockford's base 32, which has no letters that look like digits; 5 bits a character. */
public final class TypedCode {

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final SecureRandom RANDOM = new SecureRandom();

    private TypedCode() {}

    public static String next(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    /** As people may type it: with spaces or hyphens, in small letters, O for 0, I or L for 1. */
    public static String normalised(String code) {
        return code.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT).replace('O', '0').replace('I', '1').replace('L', '1');
    }

    /** In two halves, easier to copy by eye. */
    public static String shown(String code) {
        int half = code.length() / 2;
        return code.substring(0, half) + "-" + code.substring(half);
    }
}

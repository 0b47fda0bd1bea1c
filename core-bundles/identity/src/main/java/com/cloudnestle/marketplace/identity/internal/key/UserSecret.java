package com.cloudnestle.marketplace.identity.internal.key;

import com.cloudnestle.marketplace.identity.UserKeys;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/** The form of a person's key: {@code cnk_}, 32 random characters of base 62 (190 bits), and the CRC-32 of all that in six more. */
final class UserSecret {

    private static final String BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int RANDOM_LENGTH = 32;
    private static final int CHECKSUM_LENGTH = 6;
    private static final Pattern FORM =
            Pattern.compile(UserKeys.PREFIX + "[0-9A-Za-z]{" + (RANDOM_LENGTH + CHECKSUM_LENGTH) + "}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private UserSecret() {}

    static String next() {
        StringBuilder text = new StringBuilder(UserKeys.PREFIX);
        for (int i = 0; i < RANDOM_LENGTH; i++) {
            text.append(BASE62.charAt(RANDOM.nextInt(BASE62.length())));
        }
        return text + checksum(text.toString());
    }

    static boolean wellFormed(String key) {
        int end = key.length() - CHECKSUM_LENGTH;
        return FORM.matcher(key).matches() && key.substring(end).equals(checksum(key.substring(0, end)));
    }

    /** Enough to recognise a key by, and too little to guess it from. */
    static String hint(String key) {
        return key.substring(0, 8) + "…" + key.substring(key.length() - 4);
    }

    private static String checksum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        char[] digits = new char[CHECKSUM_LENGTH];
        long rest = crc.getValue();
        for (int i = CHECKSUM_LENGTH - 1; i >= 0; i--) {
            digits[i] = BASE62.charAt((int) (rest % BASE62.length()));
            rest /= BASE62.length();
        }
        return new String(digits);
    }
}

package com.cloudnestle.marketplace.identity.internal;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The form of a solution's key: {@code sk_<solution>_<43 random characters><8 hexadecimal digits>}. The prefix lets
 * scanners find a leaked key and its owner; the digits are a checksum, so a key cut off while copying is not looked up.
 */
final class SolutionSecret {

    private static final Pattern FORM =
            Pattern.compile("sk_[a-z][a-z0-9-]{1,59}_[A-Za-z0-9_-]{" + RandomSecret.LENGTH + "}[0-9a-f]{8}");
    private static final int CHECKSUM = 8;

    private SolutionSecret() {}

    static String next(String solutionId) {
        String text = "sk_" + solutionId + "_" + RandomSecret.next();
        return text + checksum(text);
    }

    static boolean wellFormed(String key) {
        int end = key.length() - CHECKSUM;
        return FORM.matcher(key).matches() && key.substring(end).equals(checksum(key.substring(0, end)));
    }

    private static String checksum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().toHexDigits(crc.getValue(), CHECKSUM);
    }
}

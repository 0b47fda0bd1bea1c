package com.cloudnestle.marketplace.identity.internal.factor;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Codes of an authenticator app: SHA-1, 6 digits, 30 s.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6238">RFC 6238, TOTP</a>
 */
final class Totp {

    static final int PERIOD_SECONDS = 30;

    private static final int SECRET_BYTES = 20;
    private static final int MODULUS = 1_000_000;
    /** Steps a clock may be off, either way. */
    private static final int SLACK = 1;

    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final SecureRandom RANDOM = new SecureRandom();

    private Totp() {}

    static byte[] newSecret() {
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return secret;
    }

    static long step(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), PERIOD_SECONDS);
    }

    static String code(byte[] secret, long step) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "HmacSHA1"));
            byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            int offset = hash[hash.length - 1] & 0xf;
            int number = ByteBuffer.wrap(hash).getInt(offset) & Integer.MAX_VALUE;
            return String.format(Locale.ROOT, "%06d", number % MODULUS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA1", e);
        }
    }

    /** The step whose code this is, near now. */
    static OptionalLong match(byte[] secret, String code, Instant now) {
        long middle = step(now);
        OptionalLong found = OptionalLong.empty();
        for (long step = middle - SLACK; step <= middle + SLACK; step++) {
            if (MessageDigest.isEqual(
                    code(secret, step).getBytes(StandardCharsets.US_ASCII), code.getBytes(StandardCharsets.UTF_8))) {
                found = OptionalLong.of(step);
            }
        }
        return found;
    }

    /** RFC 4648, without padding; the length is a multiple of 5 bytes. */
    static String base32(byte[] secret) {
        StringBuilder text = new StringBuilder();
        long bits = 0;
        int count = 0;
        for (byte each : secret) {
            bits = bits << 8 | each & 0xff;
            count += 8;
            while (count >= 5) {
                count -= 5;
                text.append(BASE32.charAt((int) (bits >> count & 31)));
            }
        }
        return text.toString();
    }
}

package com.cloudnestle.marketplace.entitlement.internal;

import com.cloudnestle.marketplace.entitlement.SolutionTokens;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** SHA-256 of a token as four numbers: what a token is looked up by, in the store and in memory. */
record TokenHash(long a, long b, long c, long d) {

    /** Never fed itself: copying it is cheaper than asking for another one. */
    private static final MessageDigest SHA_256 = sha256();

    static TokenHash of(String token) {
        ByteBuffer bytes = ByteBuffer.wrap(copy().digest(token.getBytes(StandardCharsets.UTF_8)));
        return new TokenHash(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
    }

    /** The hash of what was presented, if it can be a token at all. Older software's tokens have no form of their own. */
    static Optional<TokenHash> presented(String token) {
        return token.isEmpty() || token.length() > SolutionTokens.MAX_LENGTH ? Optional.empty() : Optional.of(of(token));
    }

    static TokenHash parse(String hex) {
        if (hex.length() != 64) {
            throw new IllegalArgumentException("not the hash of a token");
        }
        return new TokenHash(HexFormat.fromHexDigitsToLong(hex, 0, 16), HexFormat.fromHexDigitsToLong(hex, 16, 32),
                HexFormat.fromHexDigitsToLong(hex, 32, 48), HexFormat.fromHexDigitsToLong(hex, 48, 64));
    }

    String hex() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(a) + hex.toHexDigits(b) + hex.toHexDigits(c) + hex.toHexDigits(d);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(a); // as good as any other part of it
    }

    private static MessageDigest copy() {
        try {
            return (MessageDigest) SHA_256.clone();
        } catch (CloneNotSupportedException e) {
            return sha256();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

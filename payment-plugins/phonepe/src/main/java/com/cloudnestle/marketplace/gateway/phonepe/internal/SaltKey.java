package com.cloudnestle.marketplace.gateway.phonepe.internal;

import java.util.regex.Pattern;

/** The key of the API v1 and its number; signs by a digest of the data with the key behind it. */
record SaltKey(Secret key, String index) {

    private static final Pattern SIGNATURE = Pattern.compile("[0-9a-f]{64}###[0-9]{1,4}");

    /** The value of the header {@code X-VERIFY}. */
    String signature(String data) {
        return Hashes.sha256(data + key.value()) + "###" + index;
    }

    boolean signed(String said, String data) {
        return SIGNATURE.matcher(said).matches() & Hashes.same(said, signature(data));
    }
}

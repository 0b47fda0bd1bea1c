package com.cloudnestle.marketplace.gateway.sandbox.internal;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/**
 * What gateway and provider share. Made at start and kept in memory only.
 *
 * @param api of calls to the provider
 * @param notices of notifications: the first signs, all are taken
 */
record Keys(String account, String api, List<String> notices) {

    static final String ACCOUNT = "sandbox";

    Keys {
        notices = List.copyOf(notices);
    }

    static Keys fresh() {
        return new Keys(ACCOUNT, "sbk_" + random(), List.of("sbw_" + random()));
    }

    static String random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public String toString() {
        return "Keys[" + account + "]"; // secrets stay out of logs
    }
}

package com.cloudnestle.marketplace.identity.provider.internal;

import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which addresses secrets and codes may be sent to. */
final class Addresses {

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private Addresses() {}

    /** Whether nobody between can listen: https, or a server on this machine. */
    static boolean trustworthy(@Nullable URI address) {
        if (address == null || address.getHost() == null || address.getUserInfo() != null) {
            return false;
        }
        return "https".equals(address.getScheme())
                || "http".equals(address.getScheme()) && THIS_MACHINE.contains(address.getHost());
    }
}

package com.cloudnestle.marketplace.rest.internal.edge;

/** Makes settings for tests of other packages. */
public final class Edges {

    private Edges() {}

    public static EdgeSettings settings(String publicUrl, String trustedProxies, int perMinute) {
        return settings(publicUrl, trustedProxies, perMinute, 100_000);
    }

    /** @param ofAccount calls of an account in a minute */
    public static EdgeSettings settings(String publicUrl, String trustedProxies, int perMinute, int ofAccount) {
        return new EdgeSettings(publicUrl, trustedProxies, 31_536_000, perMinute, ofAccount);
    }
}

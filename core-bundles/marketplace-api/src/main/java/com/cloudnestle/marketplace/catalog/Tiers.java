package com.cloudnestle.marketplace.catalog;

import java.util.regex.Pattern;

/** The four built-in tier names. A tier is an open string: a solution may define others. */
public final class Tiers {

    /** Visitors without an account; counted by a keyed hash of their address. */
    public static final String ANONYMOUS = "anonymous";

    public static final String REGISTERED = "registered";
    public static final String PRO = "pro";
    public static final String ENTERPRISE = "enterprise";

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    private Tiers() {}

    /**
     * @return the name
     * @throws IllegalArgumentException unless it is 1 to 40 of {@code a-z 0-9 -}, beginning with a letter
     */
    public static String requireValid(String tier) {
        if (!NAME.matcher(tier).matches()) {
            throw new IllegalArgumentException("tier must be 1 to 40 of a-z, 0-9 and '-', beginning with a letter");
        }
        return tier;
    }
}

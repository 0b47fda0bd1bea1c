package com.cloudnestle.marketplace.rest.internal.health;

/**
 * One thing the server needs.
 *
 * @param reason why it is not ok, for operators; empty if it is
 */
record Check(String name, boolean ok, String reason) {

    static Check good(String name) {
        return new Check(name, true, "");
    }

    static Check bad(String name, String reason) {
        return new Check(name, false, reason);
    }
}

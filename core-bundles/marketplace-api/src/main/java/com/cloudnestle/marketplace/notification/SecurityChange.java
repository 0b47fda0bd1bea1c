package com.cloudnestle.marketplace.notification;

/** What a mail of kind {@link Mail.Kind#SECURITY_CHANGED} tells; it is said in the person's language. */
public enum SecurityChange {
    AUTHENTICATOR_ADDED,
    AUTHENTICATOR_REMOVED,
    RECOVERY_CODES_RENEWED,
    /** Detail: how many are left. */
    RECOVERY_CODE_USED,
    /** Detail: the passkey's name. */
    PASSKEY_ADDED,
    /** Detail: the passkey's name. */
    PASSKEY_REMOVED,
    /** A sign-in was refused because there may be a copy. Detail: the passkey's name. */
    PASSKEY_COPIED,
    /** Detail: the provider's name. */
    PROVIDER_ADDED,
    /** Detail: the provider's name. */
    PROVIDER_REMOVED;

    /** The mail's value {@code what}. */
    public String what() {
        return name();
    }

    /** The mail's value {@code what}. */
    public String what(String detail) {
        return name() + ":" + detail;
    }
}

package com.cloudnestle.marketplace.gateway.phonepe.server;

/** What can go wrong with a call of the API. */
public enum Fault {
    /** Acted; the connection ends without a reply. */
    REPLY_LOST(true),
    REQUEST_LOST(false),
    /** Acted; status 500 with the bare word that PhonePe sends at times. */
    ERROR_AFTER(true),
    ERROR_BEFORE(false),
    /** Not acted; status 502 with the page of a proxy. */
    BAD_PROXY(false),
    GARBAGE(true),
    EMPTY(true),
    CUT_SHORT(true),
    TOO_MANY(false),
    NOT_KNOWN(false),
    REDIRECT(false),
    SILENCE(false),
    UNKNOWN_STATE(true),
    UNKNOWN_MEMBERS(true),
    OTHER_AMOUNT(true),
    OTHER_CURRENCY(true),
    OTHER_ACCOUNT(true),
    OTHER_PAYMENT(true);

    private final boolean acts;

    Fault(boolean acts) {
        this.acts = acts;
    }

    boolean acts() {
        return acts;
    }
}

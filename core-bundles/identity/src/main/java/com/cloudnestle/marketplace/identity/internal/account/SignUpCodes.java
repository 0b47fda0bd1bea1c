package com.cloudnestle.marketplace.identity.internal.account;

import com.cloudnestle.marketplace.identity.internal.RandomSecret;
import com.cloudnestle.marketplace.identity.internal.TypedCode;

/**
 * The two ways to show that a mail arrived: eight characters to type, good only in the browser that asked, and a long one for
 * the link.
 *
 * @param typed 40 bits
 * @param link 256 bits
 */
record SignUpCodes(String typed, String link) {

    private static final int LENGTH = 8;

    static SignUpCodes next() {
        return new SignUpCodes(TypedCode.next(LENGTH), RandomSecret.next());
    }

    String shown() {
        return TypedCode.shown(typed);
    }

    @Override
    public String toString() {
        return "SignUpCodes[]";
    }
}

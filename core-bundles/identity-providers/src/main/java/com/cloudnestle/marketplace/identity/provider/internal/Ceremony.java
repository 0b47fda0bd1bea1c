package com.cloudnestle.marketplace.identity.provider.internal;

import com.cloudnestle.marketplace.identity.Visit;
import java.util.Optional;

/**
 * One way to a provider and back.
 *
 * @param state tells this ceremony from others, in addresses
 * @param nonce comes back in the ID token, so that a token of another ceremony does not fit
 * @param verifier what the code challenge is made of (RFC 7636): a code is of no use without it
 * @param linkTo account the identity is added to; empty: signs in
 */
record Ceremony(String state, String nonce, String verifier, Optional<String> linkTo, Optional<Visit> visit) {
    @Override
    public String toString() {
        return "Ceremony[]"; // all of it is secret
    }
}

package com.cloudnestle.marketplace.entitlement.internal;

import com.cloudnestle.marketplace.platform.ServerSecrets;
import java.util.Base64;

/**
 * The token itself, as its holder has it.
 *
 * @param text the secret; never stored, never logged
 */
record SolutionToken(String text) {

    private static final String PERMANENT = "tok_permanent_";
    private static final String TIMED = "tok_timed_";
    private static final String PURPOSE = "solution-token";

    /**
     * The token of this place. The nonce, chosen anew for each generation, keeps a token that was revoked after a backup
     * from coming back when that backup is restored and the generations are counted again.
     */
    static SolutionToken derive(
            ServerSecrets secrets, String customerId, String solutionId, TokenPlace.Generation generation, boolean timed) {
        byte[] secret = secrets.keyedHash(
                PURPOSE, customerId + "|" + solutionId + "|" + generation.number() + "|" + generation.nonce());
        return new SolutionToken(
                (timed ? TIMED : PERMANENT) + Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    String hash() {
        return TokenHash.of(text).hex();
    }

    @Override
    public String toString() {
        return "SolutionToken[…]"; // the secret stays out of logs
    }
}

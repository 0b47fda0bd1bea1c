package com.cloudnestle.marketplace.entitlement.internal;

import com.cloudnestle.marketplace.entitlement.SolutionTokens;
import com.cloudnestle.marketplace.platform.ServerSecrets;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The token itself, as its holder has it.
 *
 * @param text the secret; never stored, never logged
 */
record SolutionToken(String text) {

    private static final String PERMANENT = "tok_permanent_";
    private static final String TIMED = "tok_timed_";
    private static final String PURPOSE = "solution-token";
    /** Everything else was not made here, so it need not be looked up. */
    private static final Pattern FORM = Pattern.compile("tok_(?:permanent|timed)_[A-Za-z0-9_-]{43}");

    /** What was presented, if it can be a token at all. */
    static Optional<SolutionToken> parse(String text) {
        return text.length() <= SolutionTokens.MAX_LENGTH && FORM.matcher(text).matches()
                ? Optional.of(new SolutionToken(text))
                : Optional.empty();
    }

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
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "SolutionToken[…]"; // the secret stays out of logs
    }
}

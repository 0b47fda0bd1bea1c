package com.cloudnestle.marketplace.identity;

import java.util.Objects;
import java.util.Optional;

/**
 * Why somebody came: kept through sign-up and sign-in, so that it ends where it began.
 *
 * @param solutionId the solution's id
 * @param returnUrl absolute address to go back to, already checked by {@code Handover}
 * @param codeChallenge base64url SHA-256 of a secret that only the page at {@code returnUrl} has (RFC 7636, S256); empty
 *     for pages that made none
 */
public record Visit(String solutionId, String returnUrl, Optional<String> codeChallenge) {

    public Visit {
        Objects.requireNonNull(solutionId);
        if (returnUrl.length() > 2000) {
            throw new IllegalArgumentException("returnUrl is longer than 2000 characters");
        }
        codeChallenge.ifPresent(challenge -> {
            if (!challenge.matches("[A-Za-z0-9_-]{43}")) {
                throw new IllegalArgumentException("not a code challenge");
            }
        });
    }
}

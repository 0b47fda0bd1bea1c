package com.cloudnestle.marketplace.entitlement;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The tokens that prove an entitlement. There is one current token per customer and solution; it is derived from the
 * server's secret, so it can be shown again, and stored only as its SHA-256. Every change holds from the moment the call returns.
 */
@ProviderType
public interface SolutionTokens {

    /** Longest text looked at as a token; longer ones are unknown. */
    int MAX_LENGTH = 512;

    /**
     * The customer's current token. Calling again gives the same token, unless it was revoked or has expired: then a new one is made.
     *
     * @throws com.cloudnestle.marketplace.error.MarketplaceException {@code entitlement-unknown} (404)
     */
    IssuedToken issue(String customerId, String solutionId, String actor);

    /** The customer's current token if it works and can be shown; none is made. */
    Optional<IssuedToken> show(String customerId, String solutionId);

    /**
     * Whose token this is.
     *
     * @throws com.cloudnestle.marketplace.error.MarketplaceException {@code token-unknown}, {@code token-revoked},
     *     {@code token-expired} (401), {@code entitlement-suspended} (403) while its holder's account is suspended
     */
    TokenHolder authenticate(String token);

    /**
     * Makes a new token; the present one works on for {@code grace}.
     *
     * @param grace 0 to 30 days
     * @throws com.cloudnestle.marketplace.error.MarketplaceException {@code entitlement-unknown} (404), {@code invalid-field} (422)
     */
    IssuedToken rotate(String customerId, String solutionId, Duration grace, String actor);

    /**
     * Extends a token that expires by its lifetime, also up to 30 days after its expiry. A permanent token is returned
     * unchanged.
     *
     * @throws com.cloudnestle.marketplace.error.MarketplaceException as {@link #authenticate}
     */
    IssuedToken refresh(String token);

    /**
     * Ends this token at once, audited; one that has expired can no longer be refreshed either. Whatever has ended for
     * good is ignored, except unknown tokens.
     *
     * @throws com.cloudnestle.marketplace.error.MarketplaceException {@code token-unknown} (401)
     */
    void revoke(String token, String actor);

    /** Ends the customer's current token and any that still work by grace. Nothing to revoke is no error. */
    void revokeAll(String customerId, String solutionId, String actor);

    /**
     * What is kept of a token that was ever issued, whatever its state; for diagnosis.
     *
     * @return empty if no such token was ever issued
     */
    Optional<TokenRecord> inspect(String token);

    /**
     * @param token the secret itself
     * @param expiresAt empty: permanent
     */
    record IssuedToken(String token, TokenHolder holder, boolean newlyMade) {
        @Override
        public String toString() {
            return "IssuedToken[" + holder.tokenId() + "]"; // the secret stays out of logs
        }
    }

    /**
     * @param tokenId {@code tok_…}, safe to show and log
     * @param expiresAt empty: permanent
     */
    record TokenHolder(
            String tokenId, String customerId, String email, String solutionId, Instant issuedAt, Optional<Instant> expiresAt) {}

    enum TokenState {
        ACTIVE,
        /** Replaced by rotation, still working until its expiry. */
        GRACE,
        REVOKED,
        EXPIRED
    }

    record TokenRecord(TokenHolder holder, TokenState state) {}
}

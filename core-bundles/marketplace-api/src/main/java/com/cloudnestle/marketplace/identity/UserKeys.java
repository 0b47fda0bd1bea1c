package com.cloudnestle.marketplace.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * API keys of people, each for one solution: {@code cnk_}, 32 random characters, and six that are a checksum, so that a
 * scanner tells a key from other text. Only hashes are kept. Every change is audited and holds at once on this node.
 */
@ProviderType
public interface UserKeys {

    /** First characters of every key. */
    String PREFIX = "cnk_";

    /**
     * Whose key this is, from memory if asked lately.
     *
     * @throws com.cloudnestle.marketplace.error.MarketplaceException {@code credentials-invalid} (401): malformed, unknown,
     *     revoked or expired; the detail says which, except between unknown and revoked. {@code entitlement-suspended} (403)
     *     while the account is suspended
     */
    KeyHolder authenticate(String key);

    /**
     * @param name for people, 1 to 60 characters
     * @param actions meters it may use; empty: all
     * @param expiresAt in the future; empty: never
     * @throws com.cloudnestle.marketplace.error.MarketplaceException {@code entitlement-unknown} (404), {@code invalid-field} (422),
     *     {@code conflict} (409) with 20 live keys for the solution
     */
    IssuedKey issue(String customerId, String solutionId, String name, Set<String> actions, Optional<Instant> expiresAt);

    /** The latest made first, revoked ones for 30 days too. */
    List<KeyInfo> ofCustomer(String customerId);

    /**
     * A new key with the same rights; the old one works on for {@code grace}.
     *
     * @param grace 0 to 30 days
     */
    IssuedKey rotate(String customerId, String keyId, Duration grace);

    /** Ends a key at once. */
    void revoke(String customerId, String keyId, String actor);

    record KeyHolder(String keyId, String customerId, String solutionId, Set<String> actions) {
        public boolean mayUse(String action) {
            return actions.isEmpty() || actions.contains(action);
        }
    }

    /** @param secret the key, shown once */
    record IssuedKey(KeyInfo info, String secret) {
        @Override
        public String toString() {
            return "IssuedKey[" + info.id() + "]";
        }
    }

    /**
     * @param id {@code key_…}
     * @param hint first 8 and last 4 characters, for recognising it
     * @param usedAt not more exact than an hour
     */
    record KeyInfo(
            String id,
            String customerId,
            String solutionId,
            String name,
            String hint,
            Set<String> actions,
            Instant createdAt,
            Optional<Instant> expiresAt,
            Optional<Instant> usedAt,
            Optional<Instant> revokedAt) {}
}

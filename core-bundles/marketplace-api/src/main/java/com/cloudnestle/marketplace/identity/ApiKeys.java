package com.cloudnestle.marketplace.identity;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Keys of machines: the admin key and one or more keys per solution. Only hashes are kept; the comparison takes the same
 * time whatever the key.
 */
@ProviderType
public interface ApiKeys {

    /** Whose key this is; empty for anything that is not a live key. */
    Optional<KeyOwner> authenticate(String key);

    /**
     * Makes a key for a solution. The key itself is in the result and nowhere else.
     *
     * @param name for people, 1 to 60 characters
     * @throws com.cloudnestle.marketplace.error.MarketplaceException {@code solution-unknown} (404)
     */
    IssuedKey issueSolutionKey(String solutionId, String name, String actor);

    List<KeyInfo> solutionKeys(String solutionId);

    /**
     * Ends a key at once.
     *
     * @throws com.cloudnestle.marketplace.error.MarketplaceException {@code not-found} (404)
     */
    void revokeSolutionKey(String solutionId, String keyId, String actor);

    /** Who presents a key. */
    sealed interface KeyOwner {
        /** The operator of this marketplace; may do everything. */
        record Admin() implements KeyOwner {}

        /** The solution; may act only for itself. */
        record SolutionKey(String keyId, String solutionId) implements KeyOwner {}
    }

    /** @param secret the key, shown once */
    record IssuedKey(KeyInfo info, String secret) {}

    /** @param id {@code key_…}, safe to show and log */
    record KeyInfo(String id, String solutionId, String name, java.time.Instant createdAt) {}
}

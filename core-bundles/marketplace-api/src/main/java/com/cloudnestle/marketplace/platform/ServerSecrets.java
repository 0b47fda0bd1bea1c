package com.cloudnestle.marketplace.platform;

import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Table;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Keyed hashes with a secret that never leaves the data directory. The secret is made at the first start, readable by
 * the server's user only, and belongs to every backup: without it tokens still validate but can no longer be re-derived.
 * Nodes that share a store must have the same one.
 */
@ProviderType
public interface ServerSecrets {

    /** The item that tells which secret the data in the store belong to, by its {@link #FINGERPRINT}. */
    Key FINGERPRINT_KEY = new Key(Table.SYSTEM, "SYS", "SECRET");

    /** Attribute of {@link #FINGERPRINT_KEY}: 16 hexadecimal digits that are equal for equal secrets and tell nothing else. */
    String FINGERPRINT = "fingerprint";

    /**
     * HMAC-SHA-256 of {@code text} (UTF-8) under a key derived for {@code purpose}; the same input always gives the same
     * 32 bytes, and hashes of different purposes are unrelated.
     *
     * @throws com.cloudnestle.marketplace.error.MarketplaceException {@code store-unavailable} (503) while this node's secret
     *     is not known to be that of the other nodes on the same store
     * @see <a href="https://www.rfc-editor.org/rfc/rfc5869">RFC 5869, HKDF</a>, used to derive the key
     */
    byte[] keyedHash(String purpose, String text);
}

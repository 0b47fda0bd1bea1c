package com.cloudnestle.marketplace.platform;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Keyed hashes with a secret that never leaves the data directory. The secret is made at the first start, readable by
 * the server's user only, and belongs to every backup: without it tokens still validate but can no longer be re-derived.
 */
@ProviderType
public interface ServerSecrets {

    /**
     * HMAC-SHA-256 of {@code text} (UTF-8) under a key derived for {@code purpose}; the same input always gives the same
     * 32 bytes, and hashes of different purposes are unrelated.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc5869">RFC 5869, HKDF</a>, used to derive the key
     */
    byte[] keyedHash(String purpose, String text);
}

package com.cloudnestle.marketplace.quota;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Recognises callers without an account. Addresses are hashed with the server's key and never stored. */
@ProviderType
public interface Visitors {

    /**
     * The visitor behind an address. IPv6 addresses count by their first 64 bits (one subscriber's network), IPv4
     * addresses whole. A device id separates people behind one address, but only for a small number of devices per
     * address: after that all further ones share the address's own count, so inventing device ids does not pay.
     *
     * @param address a literal IPv4 or IPv6 address; never looked up by name
     * @param deviceId chosen by the client, 8 to 128 characters, or null
     * @throws com.cloudnestle.marketplace.error.MarketplaceException {@code invalid-field} (422) if it is no address
     */
    Subject.Visitor recognise(String address, @Nullable String deviceId);
}

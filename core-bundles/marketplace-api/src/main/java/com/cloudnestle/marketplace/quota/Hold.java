package com.cloudnestle.marketplace.quota;

import java.time.Instant;
import org.osgi.annotation.versioning.ProviderType;

/** Units set aside for work that has begun; see {@link QuotaService#reserve}. Thread-safe. */
@ProviderType
public interface Hold extends AutoCloseable {

    /** {@code hold_…}, to find it again by {@link QuotaService#hold}; safe to show and log. */
    String id();

    /** Units set aside. */
    long units();

    /** When it is released by itself. */
    Instant expiresAt();

    /**
     * Ends the hold with what the work really used: units left over are given back, missing ones are taken. If those are
     * refused, the hold stays as it was, to be settled with less or released. Settling again with the same number
     * changes nothing.
     *
     * @param used 0 to {@link AccessRequest#MAX_UNITS}
     * @throws com.cloudnestle.marketplace.error.MarketplaceException {@code hold-ended} (409) if it was released, has
     *     expired or was settled with another number; {@code invalid-field} (422); {@code store-unavailable} and
     *     {@code outcome-unknown} (503)
     */
    Decision settle(long used);

    /** Ends the hold and gives all units back; nothing if it has ended already. */
    void release();

    /** Releases, unless it was settled. */
    @Override
    default void close() {
        release();
    }
}

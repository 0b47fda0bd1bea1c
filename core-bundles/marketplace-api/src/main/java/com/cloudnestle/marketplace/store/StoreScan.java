package com.cloudnestle.marketplace.store;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Reads whole tables, for export and migration only: it reads everything there is, so nothing that answers a request may
 * use it. Offered by every {@link Store} beside it.
 */
@ProviderType
public interface StoreScan {

    /**
     * Items of a table, also expired ones that are not reclaimed yet, each once, in an order of the store's own. What is
     * written during the scan may be missing or be there; what is not, is there.
     *
     * @param limit 1 to {@link Store#MAX_PAGE}; a page may have fewer items, even none, and still not be the last
     * @param cursor from the page before, or null for the first
     * @throws IllegalArgumentException if limit or cursor are not allowed
     * @throws StoreException.Unavailable if the store cannot answer
     */
    Page scan(Table table, int limit, @Nullable String cursor);
}

package com.cloudnestle.marketplace.catalog;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** What is for sale. Thread-safe; reads are answered from memory. */
@ProviderType
public interface CatalogService {

    /** All solutions, also withdrawn ones, ordered by id. */
    List<CatalogEntry> entries();

    /** The solution with this id or alias, also if withdrawn. */
    Optional<CatalogEntry> find(String idOrAlias);

    /**
     * The solution with this id or alias, also if withdrawn.
     *
     * @throws com.cloudnestle.marketplace.error.MarketplaceException {@code solution-unknown} (404)
     */
    CatalogEntry require(String idOrAlias);

    /**
     * Lists a solution, or replaces what was listed under its id, and remembers it in the store.
     *
     * @throws com.cloudnestle.marketplace.error.MarketplaceException {@code conflict} (409) if one of its aliases, or its id,
     *     names another solution; {@code tier-unknown} (422) if its tier profile is not known
     */
    CatalogEntry publish(SolutionDescriptor descriptor);

    /** Marks the solution unavailable; everything customers have with it stays. Unknown ids are ignored. */
    void withdraw(String id);

    /** The tier profiles that can be assigned, by name. */
    List<TierProfile> profiles();

    /**
     * Puts a solution on another tier profile, overriding what its descriptor says, from now on and across restarts.
     *
     * @param profile a profile's name; empty: back to what the descriptor says
     * @throws com.cloudnestle.marketplace.error.MarketplaceException {@code solution-unknown} (404),
     *     {@code tier-unknown} (422)
     */
    CatalogEntry assignProfile(String solutionId, Optional<String> profile, String actor);
}

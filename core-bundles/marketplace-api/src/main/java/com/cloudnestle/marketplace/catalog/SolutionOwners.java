package com.cloudnestle.marketplace.catalog;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Which bundle a solution id belongs to: the first one that served it, until an operator gives it to another. Remembered
 * in the store, so nobody gets the customers of an id by being started first, on whatever node or after whatever was
 * wiped. Thread-safe. Every call goes to the store and throws its {@code StoreException} if that cannot answer.
 */
@ProviderType
public interface SolutionOwners {

    /** The symbolic name of the bundle the id belongs to; empty while no bundle has served it. */
    Optional<String> owner(String solutionId);

    /**
     * Makes the id the bundle's if it is nobody's. Of several that claim it at once, on whatever nodes, one gets it.
     *
     * @param bundle symbolic name
     * @return the bundle it belongs to now: this one, or the one that has it
     */
    String claim(String solutionId, String bundle);

    /**
     * Gives the id, with all customers of it, to a bundle. A bundle that serves it now goes on until it is taken out.
     *
     * @param bundle symbolic name; need not be deployed yet
     * @param actor who does it, for the audit log
     * @throws com.cloudnestle.marketplace.error.MarketplaceException {@code invalid-field} (422) if that is no symbolic name
     */
    void give(String solutionId, String bundle, String actor);
}

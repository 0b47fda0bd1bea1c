package com.cloudnestle.marketplace.plugin.host.internal;

import com.cloudnestle.marketplace.catalog.SolutionOwners;
import com.cloudnestle.marketplace.plugin.host.internal.Offer.BrokenPlugin;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Lets a bundle serve only ids that are its own. An id becomes a bundle's own once it is on the air, not by a failed try. */
final class Ownership {

    private final SolutionOwners owners;

    Ownership(SolutionOwners owners) {
        this.owners = owners;
    }

    /**
     * For a bundle that serves the id already, in another version.
     *
     * @throws BrokenPlugin if the id belongs to another bundle
     */
    void require(String id, String bundle) {
        requireSame(id, bundle, owners.claim(id, bundle));
    }

    /**
     * Opens what nobody serves yet.
     *
     * @param close undoes it if another node was faster with another bundle
     * @throws BrokenPlugin if the id belongs to another bundle; nothing is open then
     */
    <T> T take(String id, String bundle, Supplier<T> open, Consumer<T> close) {
        requireSame(id, bundle, owners.owner(id).orElse(bundle));
        T opened = open.get();
        try {
            require(id, bundle);
        } catch (RuntimeException e) {
            close.accept(opened);
            throw e;
        }
        return opened;
    }

    private static void requireSame(String id, String bundle, String owner) {
        if (!owner.equals(bundle)) {
            throw new BrokenPlugin("the id " + id + " belongs to bundle " + owner
                    + ", also while that is not here; choose another id, or deploy this one again " + gift(id, bundle), null);
        }
    }

    /** What an operator has to do before. */
    static String gift(String id, String bundle) {
        return "after market:solution-owner " + id + " " + bundle;
    }
}

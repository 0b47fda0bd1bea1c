package com.cloudnestle.marketplace.entitlement;

import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Brings every entitlement that older software wrote into the present form, through the same code that upgrades one at its
 * first use. Nothing has to wait for it: it only spares the first calls the work and ends the search for old data.
 */
@ProviderType
public interface Migration {

    /**
     * Reads all entitlements and upgrades the old ones. A run that was cut off is taken up where it stopped; running again
     * when all is done does no harm.
     *
     * @param dryRun true: say what would be done, and write nothing at all
     * @param listener told after every page, on the calling thread; what it throws ends the run
     * @throws com.cloudnestle.marketplace.error.MarketplaceException {@code conflict} (409) if another run is under way, also
     *     if it took over from this one; {@code store-unavailable}, {@code outcome-unknown} (503): run it again
     */
    MigrationReport run(boolean dryRun, Consumer<MigrationReport.Figures> listener);
}

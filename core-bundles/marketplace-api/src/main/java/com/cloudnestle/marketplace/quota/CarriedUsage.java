package com.cloudnestle.marketplace.quota;

import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Write;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** Lets counters and history of an entitlement begin with what older software counted. */
@ProviderType
public interface CarriedUsage {

    /**
     * What has to be written so that units used before count in every window of the tier that still runs.
     *
     * @param action the meter they are counted on
     * @param unitsByDay units per UTC day, not negative
     */
    Carried carry(Entitlement entitlement, CatalogEntry solution, String action, Map<LocalDate, Long> unitsByDay);

    /**
     * The same for a counter that exists already: the units count beside those that it holds.
     *
     * @param counter the item at the key of what {@link #carry} gives, as it was read
     * @return a write that applies only while the counter's windows are those that were read
     */
    Carried carryInto(Item counter, Entitlement entitlement, CatalogEntry solution, String action,
            Map<LocalDate, Long> unitsByDay);

    /**
     * @param counter to be written in one transaction with the entitlement; fails if somebody began to count meanwhile
     * @param history rows of days; may be written before that transaction and any number of times
     */
    record Carried(Write counter, List<Write> history) {
        public Carried {
            history = List.copyOf(history);
        }
    }
}

package com.cloudnestle.marketplace.entitlement.internal;

import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.entitlement.Entitlement.Status;
import com.cloudnestle.marketplace.entitlement.internal.FormerEntitlements.Former;
import com.cloudnestle.marketplace.identity.Customer;
import com.cloudnestle.marketplace.quota.CarriedUsage;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.TransactResult;
import com.cloudnestle.marketplace.store.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Writes entitlements that were not there before; one that an erased person had goes on where it was. */
final class NewEntitlements {

    private final Store store;
    private final FormerEntitlements former;
    private final Supplier<CarriedUsage> usage;

    /** @param usage asked only when units are to be carried over */
    NewEntitlements(Store store, FormerEntitlements former, Supplier<CarriedUsage> usage) {
        this.store = store;
        this.former = former;
        this.usage = usage;
    }

    /**
     * @param others written in the same transaction
     * @return empty if somebody was faster
     */
    Optional<Entitlement> make(Customer customer, CatalogEntry solution, Key key, String tier, Instant now, List<Write> others) {
        Optional<Former> known = former.find(customer.email().value(), solution.id());
        boolean stopped = known.filter(found -> found.status() == Status.SUSPENDED).isPresent();
        Optional<Former> same = known.filter(found -> found.tier().equals(tier));
        Instant since = same.map(Former::since).filter(now::isAfter).orElse(now);
        Entitlement made = new Entitlement("ent_" + UUID.randomUUID(), customer.id(), customer.email().value(), solution.id(), tier,
                stopped ? Status.SUSPENDED : Status.ACTIVE, now, since, now);
        List<Write> writes = new ArrayList<>();
        writes.add(new Write.Put(EntitlementItem.item(key, made), Condition.itemAbsent()));
        writes.addAll(others);
        if (stopped || same.isPresent()) {
            writes.add(known.orElseThrow().forget());
        }
        same.ifPresent(found -> found.used().forEach((action, days) -> {
            if (solution.hasAction(action) && writes.size() < Store.MAX_TRANSACTION) {
                writes.add(usage.get().carry(made, solution, action, days).counter());
            }
        }));
        if (writes.size() == 1) {
            return store.write(writes.get(0)).applied() ? Optional.of(made) : Optional.empty();
        }
        TransactResult result = store.transact(writes);
        return result.applied() ? Optional.of(made) : Optional.empty();
    }
}

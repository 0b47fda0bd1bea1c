package com.cloudnestle.marketplace.entitlement.internal;

import com.cloudnestle.marketplace.audit.AuditLog;
import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.entitlement.internal.LegacyEntitlement.Malformed;
import com.cloudnestle.marketplace.entitlement.internal.LegacyEntitlement.Readable;
import com.cloudnestle.marketplace.entitlement.internal.LegacyEntitlement.Reading;
import com.cloudnestle.marketplace.entitlement.internal.LegacyOwners.Owner;
import com.cloudnestle.marketplace.identity.Customer;
import com.cloudnestle.marketplace.identity.CustomerDirectory;
import com.cloudnestle.marketplace.quota.CarriedUsage;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Write;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one old entitlement into the present form. The new entitlement, its token, the count it begins with and the end of
 * the old item are one transaction, on condition that nobody touched the old item since it was read: whatever happens,
 * either the old item stands as it was or all of it has moved. Whoever loses a race reads again and decides anew.
 */
final class LegacyUpgrade {

    private static final Logger LOG = LoggerFactory.getLogger(LegacyUpgrade.class);

    /** What became of an item. */
    sealed interface Outcome {}

    /**
     * @param merged the customer had one in the present form, which was kept
     * @param placeholder the owner's address is not known
     */
    record Upgraded(boolean merged, boolean placeholder) implements Outcome {}

    /** Somebody else upgraded or deleted it, or it never was old. */
    record Gone() implements Outcome {}

    /** It stays as it is. */
    record Left(Reading why) implements Outcome {}

    /** What is known when an upgrade is decided on. */
    private record Plan(LegacyEntitlement old, Customer customer, Key key, TokenHash token, boolean placeholder) {}

    private final Store store;
    private final LegacyReader reader;
    private final LegacyOwners owners;
    private final Supplier<CarriedUsage> usage;
    private final AuditLog audit;
    private final InstantSource clock;
    private final LegacyIndex index;

    /** @param usage fails while the service is not there */
    LegacyUpgrade(Store store, CatalogService catalog, CustomerDirectory customers, Supplier<CarriedUsage> usage,
            AuditLog audit, InstantSource clock, LegacyIndex index) {
        this.store = store;
        this.reader = new LegacyReader(catalog);
        this.owners = new LegacyOwners(store, customers);
        this.usage = usage;
        this.audit = audit;
        this.clock = clock;
        this.index = index;
    }

    /** Upgrades the item at the key, if it is old and can be read. */
    Outcome upgrade(Key key) {
        return Races.untilWon(() -> {
            Optional<Item> seen = store.get(key);
            if (seen.isEmpty() || !LegacyEntitlement.isOld(seen.get())) {
                return Optional.of(new Gone());
            }
            try {
                Reading reading = reader.read(seen.get(), clock.instant());
                return reading instanceof Readable readable
                        ? attempt(readable.entitlement())
                        : Optional.of(new Left(reading));
            } catch (LegacyFields.Unreadable e) {
                return Optional.of(new Left(new Malformed(e.getMessage())));
            }
        });
    }

    /** What {@link #upgrade} would do; writes nothing. */
    Outcome preview(Item item) {
        Reading reading = reader.read(item, clock.instant());
        if (!(reading instanceof Readable readable)) {
            return new Left(reading);
        }
        try {
            LegacyEntitlement old = readable.entitlement();
            Owner owner = owners.of(old);
            Optional<Customer> customer = owners.present(owner);
            Optional<TokenItem> kept = keptToken(TokenHash.of(old.token()));
            if (kept.isPresent() && customer.isEmpty()) {
                throw foreignToken();
            }
            customer.ifPresent(each -> kept.ifPresent(token -> requireOwn(token, each, old.solution())));
            boolean merges = customer.flatMap(each -> store.get(key(each, old.solution())))
                    .filter(there -> !LegacyEntitlement.isOld(there)).isPresent();
            return new Upgraded(merges, owner.placeholder());
        } catch (LegacyFields.Unreadable e) {
            return new Left(new Malformed(e.getMessage()));
        }
    }

    private Optional<Outcome> attempt(LegacyEntitlement old) {
        TokenHash token = TokenHash.of(old.token());
        if (old.keyedByEmail() && newerFirst(old, token)) {
            return Optional.empty(); // it is gone now, or new: look again
        }
        Owner owner = owners.of(old);
        Optional<TokenItem> kept = keptToken(token);
        Customer customer = kept.isEmpty() ? owners.customer(owner) : owners.present(owner)
                .orElseThrow(LegacyUpgrade::foreignToken);
        kept.ifPresent(each -> requireOwn(each, customer, old.solution()));
        Plan plan = new Plan(old, customer, key(customer, old.solution()), token, owner.placeholder());
        Optional<Item> there = plan.key().equals(old.seen().key()) ? Optional.empty() : store.get(plan.key());
        if (there.isEmpty()) {
            return carryOver(plan, kept.isPresent());
        }
        if (LegacyEntitlement.isOld(there.get())) {
            // Two old ones of one customer: the one under the customer's own id is the newer of the two formats.
            Outcome first = upgrade(plan.key());
            return first instanceof Left ? Optional.of(first) : Optional.empty();
        }
        return merge(plan, there.get(), kept.isPresent());
    }

    /**
     * Older software that moved an entitlement from an address to an id left the first behind, with the same token and a count
     * that stood still: the second has to be taken over first.
     */
    private boolean newerFirst(LegacyEntitlement old, TokenHash token) {
        if (!index.complete()) {
            return false;
        }
        return index.byToken(token)
                .filter(key -> key.pk().indexOf('@') < 0)
                .filter(key -> store.get(key).filter(LegacyEntitlement::isOld).isPresent())
                .filter(key -> upgrade(key) instanceof Upgraded)
                .isPresent();
    }

    private Optional<Outcome> carryOver(Plan plan, boolean tokenKept) {
        LegacyEntitlement old = plan.old();
        Entitlement made = new Entitlement("ent_" + UUID.randomUUID(), plan.customer().id(), plan.customer().email().value(),
                old.solution().id(), old.tier(), old.status(), old.createdAt(), old.createdAt(), old.updatedAt());
        Map<String, Object> attributes = new HashMap<>(EntitlementItem.item(plan.key(), made).attributes());
        attributes.putAll(TokenPlace.beginningWith(plan.token().hex()));
        old.unknown().forEach((name, value) -> attributes.put("legacy." + name, value));
        Item item = item(plan.key(), attributes);
        List<Write> writes = new ArrayList<>();
        if (plan.key().equals(old.seen().key())) {
            writes.add(new Write.Put(item, old.unchanged()));
        } else {
            writes.add(new Write.Put(item, Condition.itemAbsent()));
            writes.add(new Write.Delete(old.seen().key(), old.unchanged()));
        }
        return apply(plan, made, writes, tokenKept, Map.of());
    }

    private static Item item(Key key, Map<String, Object> attributes) {
        try {
            return new Item(key, attributes);
        } catch (IllegalArgumentException e) { // only what is unknown can be too much, or no attribute of ours
            throw new LegacyFields.Unreadable("its other attributes cannot be kept: " + e.getMessage());
        }
    }

    /** Keeps the customer's present entitlement as it is; the old token works for it, and the old tier is put on record. */
    private Optional<Outcome> merge(Plan plan, Item there, boolean tokenKept) {
        Entitlement present = EntitlementItem.entitlement(there);
        List<Write> writes = new ArrayList<>();
        writes.add(new Write.Delete(plan.old().seen().key(), plan.old().unchanged()));
        if (!tokenKept) {
            writes.add(TokenPlace.read(there).alongside(plan.token().hex()));
        }
        return apply(plan, present, writes, tokenKept, Map.of("merged", "yes", "oldTier", plan.old().tier()));
    }

    /** Empty if the race was lost. */
    private Optional<Outcome> apply(
            Plan plan, Entitlement entitlement, List<Write> writes, boolean tokenKept, Map<String, String> more) {
        LegacyEntitlement old = plan.old();
        if (!tokenKept) {
            writes.add(new Write.Put(TokenItem.carried(plan.token(), entitlement).item(), Condition.itemAbsent()));
        }
        writes.add(new Write.Delete(LegacyKeys.quarantine(old.seen().key()), Condition.NONE));
        String action = old.solution().defaultAction();
        CarriedUsage.Carried carried = usage.get().carry(entitlement, old.solution(), action, old.unitsByDay());
        Optional<Item> counter = store.get(carried.counter().key());
        // A token that is known was taken over before with its count: what is left of it brings no units of its own.
        boolean counted = counter.isPresent() && tokenKept;
        if (!counted) {
            CarriedUsage.Carried into = counter.isEmpty() ? carried
                    : usage.get().carryInto(counter.get(), entitlement, old.solution(), action, old.unitsByDay());
            writeHistory(into.history());
            writes.add(into.counter());
        }
        if (!store.transact(writes).applied()) {
            return Optional.empty();
        }
        record(plan, entitlement, counted, more);
        return Optional.of(new Upgraded(more.containsKey("merged"), plan.placeholder()));
    }

    /** Days that have a row already keep it, so that this may be done any number of times. */
    private void writeHistory(List<Write> history) {
        for (int from = 0; from < history.size(); from += Store.MAX_TRANSACTION) {
            List<Write> some = history.subList(from, Math.min(history.size(), from + Store.MAX_TRANSACTION));
            if (!store.transact(some).applied()) {
                some.forEach(store::write);
            }
        }
    }

    private void record(Plan plan, Entitlement entitlement, boolean counted, Map<String, String> more) {
        LegacyEntitlement old = plan.old();
        Map<String, String> details = new HashMap<>(more);
        details.put("solution", entitlement.solutionId());
        details.put("tier", entitlement.tier());
        details.put("from", LegacyKeys.masked(old.seen().key()));
        details.put("token", "tok_" + plan.token().hex().substring(0, TokenItem.ID_DIGITS));
        details.put(counted ? "unitsNotCarried" : "unitsCarried", Long.toString(old.units()));
        if (plan.placeholder()) {
            details.put("address", "unknown");
        }
        audit.append("system", "entitlement.migrated", entitlement.customerId(), details);
        LOG.info("event=entitlement_migrated customerId={} solutionId={} tier={} merged={}", entitlement.customerId(),
                entitlement.solutionId(), entitlement.tier(), more.containsKey("merged"));
    }

    private Optional<TokenItem> keptToken(TokenHash token) {
        return store.get(TokenItem.key(token.hex())).map(TokenItem::read);
    }

    private static void requireOwn(TokenItem kept, Customer customer, CatalogEntry solution) {
        if (!kept.holder().customerId().equals(customer.id()) || !kept.holder().solutionId().equals(solution.id())) {
            throw foreignToken();
        }
    }

    private static LegacyFields.Unreadable foreignToken() {
        return new LegacyFields.Unreadable("the token belongs to another entitlement");
    }

    private static Key key(Customer customer, CatalogEntry solution) {
        return EntitlementItem.key(EntitlementItem.partition(customer.id()).orElseThrow(), solution.id());
    }
}

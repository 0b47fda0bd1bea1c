package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.catalog.Tiers;
import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.entitlement.EntitlementService;
import com.cloudnestle.marketplace.identity.CustomerDirectory;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which payment gives a customer a tier. The item that says so changes with the payments; entitlements are brought into line with it
 * as often as needed: who brings them into line looks at the item again afterwards, so whatever overtakes whom, the last look is right.
 */
final class Ownership {

    private static final String PAYMENT = "payment";
    private static final String TIER = "tier";
    private static final String UNTIL = "until";

    private final Store store;
    private final CatalogService catalog;
    private final CustomerDirectory customers;
    private final EntitlementService entitlements;

    Ownership(Store store, CatalogService catalog, CustomerDirectory customers, EntitlementService entitlements) {
        this.store = store;
        this.catalog = catalog;
        this.customers = customers;
        this.entitlements = entitlements;
    }

    /**
     * What stands in the way of a payment, and what makes it the one that gives the tier; of one moment, so that nobody comes between.
     *
     * @param obstacle why the payment cannot give what it was for; empty if it can
     * @param taking fails if another payment became the one that gives it since
     */
    record Look(Optional<String> obstacle, Write taking) {}

    Look look(StoredPayment payment, Instant now) {
        Optional<Item> owned = item(payment);
        return new Look(obstacle(payment, owned, now), taking(payment, owned, now));
    }

    private Optional<String> obstacle(StoredPayment payment, Optional<Item> owned, Instant now) {
        if (customers.find(payment.customerId()).isEmpty()) {
            return Optional.of("customer_gone");
        }
        if (catalog.find(payment.solutionId()).flatMap(solution -> solution.tier(payment.tier())).isEmpty()) {
            return Optional.of("not_sold");
        }
        boolean twice = owned.filter(item -> is(item, TIER, payment.tier()) && !is(item, PAYMENT, payment.id()))
                .filter(item -> item.number(UNTIL, Long.MAX_VALUE) > now.toEpochMilli()).isPresent();
        return twice ? Optional.of("bought_twice") : Optional.empty();
    }

    private Write taking(StoredPayment payment, Optional<Item> owned, Instant now) {
        Map<String, Object> attributes = new HashMap<>(Map.of(PAYMENT, payment.id(), TIER, payment.tier()));
        catalog.find(payment.solutionId()).flatMap(solution -> solution.tier(payment.tier())).map(TierPlan::validityDays)
                .ifPresent(days -> days.ifPresent(count -> attributes.put(UNTIL, now.plus(Duration.ofDays(count)).toEpochMilli())));
        Condition unchanged = by(owned).map(before -> Condition.equal(PAYMENT, before)).orElse(Condition.itemAbsent());
        return new Write.Put(new Item(Keys.owned(payment.customerId(), payment.solutionId()), attributes), unchanged);
    }

    /** Ends it, if the payment is the one that gives the tier. */
    List<Write> ended(StoredPayment payment) {
        return item(payment).filter(owned -> is(owned, PAYMENT, payment.id()))
                .map(owned -> List.<Write>of(new Write.Delete(owned.key(), Condition.equal(PAYMENT, payment.id()))))
                .orElse(List.of());
    }

    /** Whether the customer has the tier now, in whatever way he came to it. */
    boolean has(String customerId, String solutionId, String tier, Instant now) {
        return present(customerId, solutionId).filter(own -> own.tier().equals(tier) && !over(own, now)).isPresent();
    }

    /** Gives or takes what the payment was for; safe to repeat at any time. */
    void bringIntoLine(StoredPayment payment, Instant now) {
        for (int i = 0; i < PaymentBook.MAX_TRIES; i++) {
            Optional<Item> owned = item(payment);
            Optional<Entitlement> present = present(payment.customerId(), payment.solutionId());
            if (owned.isPresent()) {
                give(payment, owned.get().string(TIER).orElseThrow(), present, now);
            } else if (present.filter(own -> own.tier().equals(payment.tier())).isPresent()) {
                change(payment, Tiers.REGISTERED);
            }
            if (by(item(payment)).equals(by(owned))) {
                return;
            }
        }
        throw PaymentBook.tooManyRaces();
    }

    private void give(StoredPayment payment, String tier, Optional<Entitlement> present, Instant now) {
        if (present.filter(own -> own.tier().equals(tier) && over(own, now)).isPresent()) {
            change(payment, Tiers.REGISTERED); // a tier that ended begins anew only when it is come to again
        }
        if (present.filter(own -> own.tier().equals(tier) && !over(own, now)).isEmpty()) {
            change(payment, tier);
        }
    }

    /** A person, solution or tier that is gone meanwhile has nothing to be given or taken. */
    private void change(StoredPayment payment, String tier) {
        boolean possible = customers.find(payment.customerId()).isPresent()
                && catalog.find(payment.solutionId()).flatMap(solution -> solution.tier(tier)).isPresent();
        if (possible) {
            entitlements.changeTier(payment.customerId(), payment.solutionId(), tier, Cause.SYSTEM);
        }
    }

    /** As the store has it: an answer from memory could be that of before a change on another node. */
    private Optional<Entitlement> present(String customerId, String solutionId) {
        return entitlements.ofCustomer(customerId).stream().filter(own -> own.solutionId().equals(solutionId)).findFirst();
    }

    private boolean over(Entitlement own, Instant now) {
        return catalog.find(own.solutionId()).flatMap(solution -> solution.tier(own.tier())).map(TierPlan::validityDays)
                .filter(days -> days.isPresent() && !own.since().plus(Duration.ofDays(days.getAsInt())).isAfter(now)).isPresent();
    }

    private Optional<Item> item(StoredPayment payment) {
        return store.get(Keys.owned(payment.customerId(), payment.solutionId()));
    }

    private static Optional<String> by(Optional<Item> owned) {
        return owned.flatMap(item -> item.string(PAYMENT));
    }

    private static boolean is(Item owned, String attribute, String value) {
        return owned.string(attribute).filter(value::equals).isPresent();
    }
}

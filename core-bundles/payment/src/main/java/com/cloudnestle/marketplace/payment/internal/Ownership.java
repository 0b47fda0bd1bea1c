package com.cloudnestle.marketplace.payment.internal;

import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.catalog.Tiers;
import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.entitlement.EntitlementService;
import com.cloudnestle.marketplace.identity.CustomerDirectory;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which payment gives a customer a tier. The item that says so changes with the payments; entitlements are brought into line with it
 * as often as needed: who brings them into line looks at the item again afterwards, so whatever overtakes whom, the last look is right.
 */
final class Ownership {

    private final PaymentBook book;
    private final CatalogService catalog;
    private final CustomerDirectory customers;
    private final EntitlementService entitlements;

    Ownership(PaymentBook book, CatalogService catalog, CustomerDirectory customers, EntitlementService entitlements) {
        this.book = book;
        this.catalog = catalog;
        this.customers = customers;
        this.entitlements = entitlements;
    }

    Optional<Owned> owned(String customerId, String solutionId) {
        return book.store().get(Keys.owned(customerId, solutionId)).map(Owned::new);
    }

    Optional<Owned> owned(StoredPayment payment) {
        return owned(payment.customerId(), payment.solutionId());
    }

    /** Of all solutions. */
    List<Owned> all(String customerId) {
        List<Owned> found = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page page = book.store().query(
                    Table.PAYMENT_TRANSACTIONS, Keys.customer(customerId), Keys.OWNED, false, Store.MAX_PAGE, cursor.orElse(null));
            page.items().stream().map((Item item) -> new Owned(item)).forEach(found::add);
            cursor = page.cursor();
        } while (cursor.isPresent());
        return found;
    }

    /** Whether the customer has the tier now, in whatever way he came to it. What a term gave and is over counts as taken already. */
    boolean has(String customerId, String solutionId, String tier, Instant now) {
        boolean termOver = owned(customerId, solutionId)
                .filter(owned -> owned.byTerm() && owned.tier().equals(tier) && owned.running(now).isEmpty()).isPresent();
        return !termOver
                && present(customerId, solutionId).filter(own -> own.tier().equals(tier) && !over(own, now)).isPresent();
    }

    /** Whether anybody changed what the customer has of the payment's solution after this moment. */
    boolean changedSince(StoredPayment payment, Instant moment) {
        return present(payment.customerId(), payment.solutionId()).filter(own -> own.updatedAt().isAfter(moment)).isPresent();
    }

    /**
     * Gives or takes what the payment was for; safe to repeat at any time. A tier that the customer came to in another way is left
     * alone unless it is this payment that gives one now.
     */
    void bringIntoLine(StoredPayment payment, Instant now) {
        if (payment.term().filter(term -> term.from().isAfter(now)).isPresent()) {
            return; // it gives nothing yet, and another payment gives the same
        }
        for (int i = 0; i < PaymentBook.MAX_TRIES; i++) {
            Optional<Owned> owned = owned(payment);
            Optional<Owned.Part> running = owned.flatMap(item -> item.running(now));
            Optional<Entitlement> present = present(payment.customerId(), payment.solutionId());
            if (running.isPresent()) {
                String tier = owned.orElseThrow().tier();
                if (running.get().payment().equals(payment.id()) || present.filter(own -> ours(own, payment)).isPresent()) {
                    give(payment, tier, present, now);
                }
            } else if (present.filter(own -> own.tier().equals(payment.tier())).isPresent()) {
                change(payment, Tiers.REGISTERED);
            }
            if (owned(payment).equals(owned)) {
                return;
            }
        }
        throw PaymentBook.tooManyRaces();
    }

    /** Whether the tier that the customer has came or may have come by payments, or is the one that all have. */
    private boolean ours(Entitlement present, StoredPayment payment) {
        String tier = present.tier();
        return tier.equals(payment.tier()) || tier.equals(Tiers.REGISTERED)
                || book.store().get(Keys.begun(payment.customerId(), payment.solutionId(), tier))
                        .flatMap(item -> item.string("payment")).flatMap(book::find)
                        .filter(bought -> bought.booked().equals(StoredPayment.SALE)).isPresent();
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
        if (customers.find(payment.customerId()).isPresent() && sold(payment.solutionId(), tier)) {
            entitlements.changeTier(payment.customerId(), payment.solutionId(), tier, Cause.SYSTEM);
        }
    }

    /** Why nothing can be given for the payment, whatever the customer has; empty: something can. */
    Optional<String> gone(StoredPayment payment) {
        if (customers.find(payment.customerId()).isEmpty()) {
            return Optional.of("customer_gone");
        }
        return sold(payment.solutionId(), payment.tier()) ? Optional.empty() : Optional.of("not_sold");
    }

    boolean sold(String solutionId, String tier) {
        return catalog.find(solutionId).flatMap(solution -> solution.tier(tier)).isPresent();
    }

    /** For how long the tier is given to whoever comes to it; empty: for as long as it is paid for. */
    Optional<Duration> validity(String solutionId, String tier) {
        return catalog.find(solutionId).flatMap(solution -> solution.tier(tier)).map(TierPlan::validityDays)
                .flatMap(days -> days.isPresent() ? Optional.of(Duration.ofDays(days.getAsInt())) : Optional.empty());
    }

    /** As the store has it: an answer from memory could be that of before a change on another node. */
    private Optional<Entitlement> present(String customerId, String solutionId) {
        return entitlements.ofCustomer(customerId).stream().filter(own -> own.solutionId().equals(solutionId)).findFirst();
    }

    private boolean over(Entitlement own, Instant now) {
        return validity(own.solutionId(), own.tier()).filter(valid -> !own.since().plus(valid).isAfter(now)).isPresent();
    }
}

package com.cloudnestle.marketplace.quota.internal;

import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.catalog.Tiers;
import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.entitlement.EntitlementService;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.quota.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Finds the terms of a subject. Asks for the entitlement each time: a revocation or tier change holds at once. */
final class TermsSource {

    private final CatalogService catalog;
    private final EntitlementService entitlements;

    TermsSource(CatalogService catalog, EntitlementService entitlements) {
        this.catalog = catalog;
        this.entitlements = entitlements;
    }

    /** The solution, which must be running. */
    CatalogEntry usable(String solutionId) {
        CatalogEntry entry = catalog.require(solutionId);
        if (!entry.available()) {
            throw new MarketplaceException(
                    Problem.SOLUTION_UNAVAILABLE, "The solution " + entry.id() + " is not running at the moment.");
        }
        return entry;
    }

    CatalogEntry solution(String solutionId) {
        return catalog.require(solutionId);
    }

    /** Ids of the solutions that the subject may have counters for. */
    List<String> solutionsOf(Subject subject) {
        return subject instanceof Subject.User user
                ? entitlements.ofCustomer(user.customerId()).stream().map(Entitlement::solutionId).toList()
                : catalog.entries().stream().map(CatalogEntry::id).toList();
    }

    /** The subject's entitlement; null for visitors and for customers without one. */
    @Nullable Entitlement entitlement(Subject subject, CatalogEntry entry) {
        return subject instanceof Subject.User user
                ? entitlements.find(user.customerId(), entry.id()).orElse(null)
                : null;
    }

    /** Terms for using the solution now; refuses what is suspended. */
    Terms forUse(Subject subject, CatalogEntry entry, String action) {
        Terms terms = forView(subject, entry, action);
        Entitlement entitlement = terms.entitlement();
        if (entitlement != null && !entitlement.active()) {
            throw new MarketplaceException(
                    Problem.ENTITLEMENT_SUSPENDED, "Access to " + entry.id() + " is suspended.");
        }
        return terms;
    }

    /** Terms for looking only. */
    Terms forView(Subject subject, CatalogEntry entry, String action) {
        if (!entry.hasAction(action)) {
            throw new MarketplaceException(
                    Problem.ACTION_UNKNOWN, "The solution " + entry.id() + " has no action '" + printable(action) + "'.");
        }
        if (subject instanceof Subject.Visitor) {
            return new Terms(subject, entry, null, action, rules(entry, Tiers.ANONYMOUS, action, null));
        }
        Entitlement entitlement = entitlement(subject, entry);
        if (entitlement == null) {
            throw new MarketplaceException(
                    Problem.ENTITLEMENT_UNKNOWN, "The customer has no access to " + entry.id() + ".");
        }
        return new Terms(
                subject, entry, entitlement, action, rules(entry, entitlement.tier(), action, entitlement.since()));
    }

    static Rules rules(CatalogEntry entry, String tier, String action, @Nullable Instant since) {
        Optional<TierPlan> plan = entry.tier(tier);
        return new Rules(
                tier,
                plan.map(p -> p.limits(action)).orElse(List.of()),
                plan.map(TierPlan::validityDays).orElse(OptionalInt.empty()),
                since);
    }

    private static String printable(String text) {
        String visible = text.replaceAll("[^\\x20-\\x7e]", "?");
        return visible.length() <= 40 ? visible : visible.substring(0, 40) + "…";
    }
}

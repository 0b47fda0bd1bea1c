package com.cloudnestle.marketplace.quota.internal;

import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.catalog.Tiers;
import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.entitlement.EntitlementService;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.quota.Subject;
import java.util.Optional;

/** Finds the terms of a subject. Reads the entitlement each time: a revocation or tier change holds at once. */
final class TermsSource {

    private final CatalogService catalog;
    private final EntitlementService entitlements;

    TermsSource(CatalogService catalog, EntitlementService entitlements) {
        this.catalog = catalog;
        this.entitlements = entitlements;
    }

    /** Terms for using the solution now; refuses what is withdrawn or suspended. */
    Terms forUse(Subject subject, String solutionId, String action) {
        CatalogEntry entry = catalog.require(solutionId);
        if (!entry.available()) {
            throw new MarketplaceException(
                    Problem.SOLUTION_UNAVAILABLE, "The solution " + entry.id() + " is not running at the moment.");
        }
        return find(subject, entry, action, true);
    }

    /** Terms for looking only. */
    Terms forView(Subject subject, CatalogEntry entry, String action) {
        return find(subject, entry, action, false);
    }

    CatalogEntry solution(String solutionId) {
        return catalog.require(solutionId);
    }

    private Terms find(Subject subject, CatalogEntry entry, String action, boolean forUse) {
        if (!entry.hasAction(action)) {
            throw new MarketplaceException(
                    Problem.ACTION_UNKNOWN, "The solution " + entry.id() + " has no action '" + printable(action) + "'.");
        }
        if (subject instanceof Subject.Visitor) {
            return new Terms(subject, entry, action, Tiers.ANONYMOUS, entry.tier(Tiers.ANONYMOUS), Optional.empty());
        }
        Entitlement entitlement = entitlements
                .find(subject.key(), entry.id())
                .orElseThrow(() -> new MarketplaceException(
                        Problem.ENTITLEMENT_UNKNOWN, "The customer has no access to " + entry.id() + "."));
        if (forUse && !entitlement.active()) {
            throw new MarketplaceException(
                    Problem.ENTITLEMENT_SUSPENDED, "Access to " + entry.id() + " is suspended.");
        }
        return new Terms(
                subject, entry, action, entitlement.tier(), entry.tier(entitlement.tier()), Optional.of(entitlement.since()));
    }

    private static String printable(String text) {
        String visible = text.replaceAll("[^\\x20-\\x7e]", "?");
        return visible.length() <= 40 ? visible : visible.substring(0, 40) + "…";
    }
}

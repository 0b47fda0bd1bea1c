package com.cloudnestle.marketplace.quota.internal;

import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.quota.Subject;
import java.time.Duration;
import java.time.Instant;

/** Keeps the terms of accounts up to date; the caller holds the account's lock. */
final class AccountTerms {

    private final TermsSource source;
    private final boolean shared;
    private final long graceMillis;

    /** @param cacheFor how old an entitlement may be that was changed by another node */
    AccountTerms(TermsSource source, boolean shared, Duration cacheFor) {
        this.source = source;
        this.shared = shared;
        this.graceMillis = 2 * cacheFor.toMillis();
    }

    /**
     * The terms under which the account may be used now. Asks anew, because the caller may have looked before a change.
     *
     * @throws com.cloudnestle.marketplace.error.MarketplaceException if it may not be used
     */
    Terms present(Account account, String solutionId, long now) {
        CatalogEntry entry = source.usable(solutionId);
        Entitlement entitlement = source.entitlement(account.subject, entry);
        Terms present = account.terms;
        boolean overdue = present != null
                && account.aheadOf != null
                && !present.rules().equals(account.aheadOf)
                && !withinGrace(account, now);
        if (present != null && present.from(entry, entitlement) && !overdue) {
            return present;
        }
        Terms fresh = source.forUse(account.subject, entry, account.id.action);
        if (present != null && present.rules().equals(fresh.rules())) {
            fresh = fresh.withRules(present.rules());
        }
        account.terms = fresh;
        return fresh;
    }

    private boolean withinGrace(Account account, long now) {
        return now - account.aheadSince <= graceMillis;
    }

    /**
     * The counter is ahead of the entitlement: another node has counted under newer terms already. While this node's copy of
     * the entitlement may be old, the counter itself says which terms those are.
     *
     * @return whether the terms changed
     */
    boolean catchUp(Account account, Counter counter, String solutionId, long now) {
        Terms present = counter.terms();
        account.terms = null;
        Terms fresh = present(account, solutionId, now);
        if (!fresh.rules().equals(present.rules())) {
            return true;
        }
        account.terms = present.from(fresh.entry(), fresh.entitlement()) ? present : fresh.withRules(present.rules());
        if (!shared || account.subject instanceof Subject.Visitor) {
            return false;
        }
        if (!present.rules().equals(account.aheadOf)) {
            account.aheadOf = present.rules();
            account.aheadSince = now;
        }
        if (!withinGrace(account, now)) {
            return false;
        }
        CounterItem item = counter.item();
        Rules newer = TermsSource.rules(
                fresh.entry(), item.tier, account.id.action, Instant.ofEpochMilli(item.since));
        account.terms = fresh.withRules(newer);
        return true;
    }
}

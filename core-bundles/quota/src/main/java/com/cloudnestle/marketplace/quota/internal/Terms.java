package com.cloudnestle.marketplace.quota.internal;

import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.catalog.Limit;
import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.quota.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What holds for one subject, solution and action right now.
 *
 * @param entry the solution
 * @param tier name of the subject's tier
 * @param plan the tier's plan; empty if the solution has no such tier (any more)
 * @param since when the tier began; empty for a visitor who was never counted
 */
record Terms(
        Subject subject,
        CatalogEntry entry,
        String action,
        String tier,
        Optional<TierPlan> plan,
        Optional<Instant> since) {

    List<Limit> limits() {
        return plan.map(p -> p.limits(action)).orElse(List.of());
    }

    /** Where customer-anchored windows count from. */
    Instant anchor(Instant now) {
        return since.orElse(now);
    }

    Optional<Instant> validUntil(Instant now) {
        return plan.filter(p -> p.validityDays().isPresent())
                .map(p -> anchor(now).plus(Duration.ofDays(p.validityDays().getAsInt())));
    }

    boolean endedAt(Instant now) {
        return validUntil(now).filter(end -> !now.isBefore(end)).isPresent();
    }

    Terms anchoredAt(Instant newSince) {
        return new Terms(subject, entry, action, tier, plan, Optional.of(newSince));
    }
}

package com.cloudnestle.marketplace.quota.internal;

import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.quota.Subject;
import org.jspecify.annotations.Nullable;

/**
 * What holds for one subject, solution and action, and the objects it was derived from: while the catalogue and the
 * entitlement service hand out the same objects, nothing has to be derived again.
 *
 * @param entitlement null for a visitor
 */
record Terms(Subject subject, CatalogEntry entry, @Nullable Entitlement entitlement, String action, Rules rules) {

    String tier() {
        return rules.tier();
    }

    boolean from(CatalogEntry otherEntry, @Nullable Entitlement otherEntitlement) {
        return entry == otherEntry && entitlement == otherEntitlement;
    }

    Terms withRules(Rules other) {
        return new Terms(subject, entry, entitlement, action, other);
    }
}

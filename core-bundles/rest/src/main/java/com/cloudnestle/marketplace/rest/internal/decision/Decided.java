package com.cloudnestle.marketplace.rest.internal.decision;

import com.cloudnestle.marketplace.quota.Decision;
import com.cloudnestle.marketplace.quota.Subject;
import org.jspecify.annotations.Nullable;

/** A decision and about whom it was. */
record Decided(Who who, Decision decision) {

    /**
     * @param customerId null for a visitor
     * @param email null for a visitor
     */
    record Who(Subject subject, @Nullable String customerId, @Nullable String email) {}
}

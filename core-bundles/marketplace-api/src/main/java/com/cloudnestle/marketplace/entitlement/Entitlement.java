package com.cloudnestle.marketplace.entitlement;

import java.time.Instant;
import java.util.Objects;

/**
 * A customer's right to use a solution at a tier.
 *
 * @param id {@code ent_…}
 * @param email the customer's address, copied so that one read suffices for an answer
 * @param since when the present tier began; validity and customer-anchored windows count from here
 * @param updatedAt last change of any kind
 */
public record Entitlement(
        String id,
        String customerId,
        String email,
        String solutionId,
        String tier,
        Status status,
        Instant createdAt,
        Instant since,
        Instant updatedAt) {

    public enum Status {
        ACTIVE,
        SUSPENDED
    }

    public Entitlement {
        Objects.requireNonNull(id);
        Objects.requireNonNull(customerId);
        Objects.requireNonNull(email);
        Objects.requireNonNull(solutionId);
        Objects.requireNonNull(tier);
        Objects.requireNonNull(status);
        Objects.requireNonNull(createdAt);
        Objects.requireNonNull(since);
        Objects.requireNonNull(updatedAt);
    }

    public boolean active() {
        return status == Status.ACTIVE;
    }
}

package com.cloudnestle.marketplace.quota;

import java.util.Objects;
import java.util.Optional;

/**
 * The answer to {@link QuotaService#reserve}.
 *
 * @param decision whether the units were taken
 * @param hold there if and only if they were
 */
public record Reservation(Decision decision, Optional<Hold> hold) {

    public Reservation {
        Objects.requireNonNull(decision);
        if (hold.isPresent() != decision instanceof Decision.Allowed) {
            throw new IllegalArgumentException("a hold belongs to an allowed reservation");
        }
    }
}

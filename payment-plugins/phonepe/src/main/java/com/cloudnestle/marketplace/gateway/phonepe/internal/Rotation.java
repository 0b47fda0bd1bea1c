package com.cloudnestle.marketplace.gateway.phonepe.internal;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A secret of today and the one before it, which is taken until it ends: notifications that were under way when it was replaced
 * still bear it.
 *
 * @param <T> the secret, with the name it goes by if it has one
 * @param previousUntil when the one before is no longer taken
 */
record Rotation<T>(T current, Optional<T> previous, Instant previousUntil) {

    static <T> Rotation<T> of(T only) {
        return new Rotation<>(only, Optional.empty(), Instant.MIN);
    }

    /** Whether one of them passes; both are tried, so that time does not tell which. */
    boolean any(Instant at, Predicate<T> test) {
        boolean now = test.test(current);
        boolean before = previous.filter(test).isPresent() && at.isBefore(previousUntil);
        return now | before;
    }
}

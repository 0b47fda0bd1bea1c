package com.cloudnestle.marketplace.entitlement.internal;

import com.cloudnestle.marketplace.store.StoreException;
import java.util.Optional;
import java.util.function.Supplier;

/** Repeats a change that reads, decides and writes on condition that nobody wrote meanwhile. */
final class Races {

    /** Every lost race means that somebody else got on, so this many in a row do not happen in earnest. */
    private static final int MAX_TRIES = 1_000;

    private Races() {}

    /** The first result that is not empty; empty means that the race was lost. */
    static <T> T untilWon(Supplier<Optional<T>> attempt) {
        for (int i = 0; i < MAX_TRIES; i++) {
            Optional<T> won = attempt.get();
            if (won.isPresent()) {
                return won.get();
            }
        }
        throw new StoreException.Unavailable("Too many parallel changes; try again.");
    }
}

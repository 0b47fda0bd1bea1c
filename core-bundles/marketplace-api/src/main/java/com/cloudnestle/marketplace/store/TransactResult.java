package com.cloudnestle.marketplace.store;

import java.util.List;
import java.util.Optional;

/**
 * Outcome of a transaction.
 *
 * @param applied whether all conditions held and all writes are durable
 * @param failures not applied: the writes whose condition failed, at least one; applied: empty
 */
public record TransactResult(boolean applied, List<Failure> failures) {

    public TransactResult {
        failures = List.copyOf(failures);
    }

    /**
     * @param index position of the write in the list given to {@link Store#transact}
     * @param item the item its condition failed on, empty if none stood there
     */
    public record Failure(int index, Optional<Item> item) {}

    /** The failure of the write at {@code index}, if that one failed. */
    public Optional<Failure> failure(int index) {
        return failures.stream().filter(f -> f.index() == index).findFirst();
    }
}

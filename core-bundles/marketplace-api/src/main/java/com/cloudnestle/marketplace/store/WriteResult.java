package com.cloudnestle.marketplace.store;

import java.util.Optional;

/**
 * Outcome of one conditional write, so that no second read is needed to learn why.
 *
 * @param applied whether the condition held and the write is durable
 * @param item applied: the item after the write (empty after a delete); not applied: the item the condition failed on
 *     (empty if none stood there)
 */
public record WriteResult(boolean applied, Optional<Item> item) {}

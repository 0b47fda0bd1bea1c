package com.cloudnestle.marketplace.store;

import java.util.List;
import java.util.Optional;

/**
 * A part of a query's answer.
 *
 * @param items in the order of their sort keys
 * @param cursor hand it to the next call to go on; empty when this was the last page
 */
public record Page(List<Item> items, Optional<String> cursor) {
    public Page {
        items = List.copyOf(items);
    }
}

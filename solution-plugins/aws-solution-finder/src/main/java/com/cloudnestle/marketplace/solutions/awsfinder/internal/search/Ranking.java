package com.cloudnestle.marketplace.solutions.awsfinder.internal.search;

import java.util.List;

/**
 * An ordered answer to a query: positions in the catalogue, best first.
 *
 * @param scores of each, falling
 */
record Ranking(List<Integer> items, List<Float> scores) {

    static final Ranking EMPTY = new Ranking(List.of(), List.of());

    Ranking {
        items = List.copyOf(items);
        scores = List.copyOf(scores);
    }

    boolean isEmpty() {
        return items.isEmpty();
    }
}

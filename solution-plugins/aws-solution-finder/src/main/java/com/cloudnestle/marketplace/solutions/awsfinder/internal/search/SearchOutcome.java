package com.cloudnestle.marketplace.solutions.awsfinder.internal.search;

import java.util.List;
import java.util.Map;

/**
 * @param hits best first, at most as many as asked for
 * @param total how many there are in all
 * @param facets over all of them: field ({@code kind}, {@code category}, {@code services}) to values, most frequent first
 */
public record SearchOutcome(List<Hit> hits, int total, Map<String, List<FacetCount>> facets) {
    public SearchOutcome {
        hits = List.copyOf(hits);
        facets = Map.copyOf(facets);
    }

    /** How many results have a value. */
    public record FacetCount(String value, int count) {}
}

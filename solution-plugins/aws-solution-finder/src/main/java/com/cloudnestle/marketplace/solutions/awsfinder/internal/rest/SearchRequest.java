package com.cloudnestle.marketplace.solutions.awsfinder.internal.rest;

import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.solutions.awsfinder.internal.search.Filters;
import com.cloudnestle.marketplace.solutions.awsfinder.internal.search.SearchQuery;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Body of a search as it came. The fields are plain objects so that a wrong type is answered with a sentence about the
 * field, and never silently converted.
 *
 * @param query text, 1 to 500 characters
 * @param limit whole number 1 to 50; 10 when absent
 * @param filters {@code kind}, {@code category} and {@code services}, each a text or an array of texts
 */
public record SearchRequest(@Nullable Object query, @Nullable Object limit, @Nullable Object filters) {

    static final int LONGEST_QUERY = 500;
    private static final int MOST_RESULTS = 50;
    private static final int USUAL_RESULTS = 10;
    private static final int MOST_VALUES = 50;
    private static final Set<String> FILTERS = Set.of("kind", "category", "services");

    /** @throws MarketplaceException 422 naming the field */
    SearchQuery checked() {
        return new SearchQuery(checkedQuery(), checkedLimit(), checkedFilters());
    }

    private String checkedQuery() {
        if (!(query instanceof String text)) {
            throw MarketplaceException.invalid("query", "must be text");
        }
        return QueryText.checked("query", text, LONGEST_QUERY);
    }

    private int checkedLimit() {
        if (limit == null) {
            return USUAL_RESULTS;
        }
        boolean whole = limit instanceof Integer || limit instanceof Long;
        if (!whole || ((Number) limit).longValue() < 1 || ((Number) limit).longValue() > MOST_RESULTS) {
            throw MarketplaceException.invalid("limit", "must be a whole number from 1 to " + MOST_RESULTS);
        }
        return ((Number) limit).intValue();
    }

    private Filters checkedFilters() {
        if (filters == null) {
            return Filters.NONE;
        }
        if (!(filters instanceof Map<?, ?> given)) {
            throw MarketplaceException.invalid("filters", "must be an object");
        }
        for (Object key : given.keySet()) {
            if (!FILTERS.contains(key)) {
                throw MarketplaceException.invalid("filters", "may only have kind, category and services");
            }
        }
        return new Filters(values(given, "kind"), values(given, "category"), values(given, "services"));
    }

    private static Set<String> values(Map<?, ?> filters, String key) {
        Object value = filters.get(key);
        if (value == null) {
            return Set.of();
        }
        List<?> list = value instanceof List<?> several ? several : List.of(value);
        Set<String> texts = new LinkedHashSet<>();
        for (Object each : list) {
            if (!(each instanceof String text) || text.isBlank() || text.length() > 60) {
                throw MarketplaceException.invalid("filters." + key, "must be a text, or an array of texts, of 1 to 60 characters");
            }
            texts.add(text);
        }
        if (texts.size() > MOST_VALUES) {
            throw MarketplaceException.invalid("filters." + key, "may have at most " + MOST_VALUES + " values");
        }
        return texts;
    }
}

package com.cloudnestle.marketplace.solutions.awsfinder.internal.search;

import com.cloudnestle.marketplace.solutions.awsfinder.internal.catalog.CatalogItem;
import com.cloudnestle.marketplace.solutions.awsfinder.internal.catalog.Kind;
import com.cloudnestle.marketplace.solutions.awsfinder.internal.search.SearchOutcome.FacetCount;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Counts by which results can be narrowed down. */
final class Facets {

    private static final int MOST_SERVICES = 20;

    private Facets() {}

    static Map<String, List<FacetCount>> of(List<CatalogItem> items) {
        return Map.of(
                "kind", counts(items.stream().map(item -> item.kind().wire())),
                "category", counts(items.stream().map(CatalogItem::category)),
                "services", counts(items.stream().flatMap(Facets::services)).stream().limit(MOST_SERVICES).toList());
    }

    private static Stream<String> services(CatalogItem item) {
        return item.kind() == Kind.SERVICE
                ? Stream.concat(Stream.of(item.id()), item.services().stream())
                : item.services().stream();
    }

    private static List<FacetCount> counts(Stream<String> values) {
        return values.collect(Collectors.groupingBy(Function.identity(), Collectors.counting())).entrySet().stream()
                .map(entry -> new FacetCount(entry.getKey(), entry.getValue().intValue()))
                .sorted(Comparator.comparingInt(FacetCount::count).reversed().thenComparing(FacetCount::value))
                .toList();
    }
}

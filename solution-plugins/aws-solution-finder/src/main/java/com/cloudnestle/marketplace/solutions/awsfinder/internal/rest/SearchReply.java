package com.cloudnestle.marketplace.solutions.awsfinder.internal.rest;

import com.cloudnestle.marketplace.solutions.awsfinder.internal.catalog.CatalogItem;
import com.cloudnestle.marketplace.solutions.awsfinder.internal.catalog.Catalogue;
import com.cloudnestle.marketplace.solutions.awsfinder.internal.catalog.Kind;
import com.cloudnestle.marketplace.solutions.awsfinder.internal.rest.ItemView.Labelled;
import com.cloudnestle.marketplace.solutions.awsfinder.internal.search.Hit;
import com.cloudnestle.marketplace.solutions.awsfinder.internal.search.SearchOutcome;
import com.cloudnestle.marketplace.solutions.awsfinder.internal.search.Span;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Answer to a search.
 *
 * @param total how many results there are, of which {@code results} holds the first
 * @param tookMillis time the search took
 * @param facets per filter field, the values found and how many results have each
 */
public record SearchReply(
        List<Result> results, int total, @JsonProperty("took_ms") double tookMillis, Map<String, List<Facet>> facets) {

    /**
     * @param score 0 to 1, compares results of one search only
     * @param highlights per text field ({@code title}, {@code problem}, {@code summary}) where query words stand, as pairs of first
     *     UTF-16 unit and one past the last
     */
    public record Result(
            String id,
            String title,
            String problem,
            String summary,
            String url,
            double score,
            String kind,
            Labelled category,
            List<Labelled> services,
            Map<String, List<int[]>> highlights) {}

    /** @param name for people */
    public record Facet(String value, String name, int count) {}

    static SearchReply of(SearchOutcome outcome, double tookMillis, Catalogue catalogue) {
        Map<String, List<Facet>> facets = new LinkedHashMap<>();
        for (String field : List.of("kind", "category", "services")) {
            facets.put(field, outcome.facets().getOrDefault(field, List.of()).stream()
                    .map(each -> new Facet(each.value(), label(field, each.value(), catalogue), each.count()))
                    .toList());
        }
        List<Result> results = outcome.hits().stream().map(hit -> result(hit, catalogue)).toList();
        return new SearchReply(results, outcome.total(), tookMillis, facets);
    }

    private static Result result(Hit hit, Catalogue catalogue) {
        CatalogItem item = hit.item();
        Map<String, List<int[]>> highlights = new LinkedHashMap<>();
        highlights.put("title", pairs(hit.title()));
        highlights.put("problem", pairs(hit.problem()));
        highlights.put("summary", pairs(hit.summary()));
        return new Result(item.id(), item.name(), item.problem(), item.summary(), item.url(),
                Math.round(hit.score() * 10_000) / 10_000.0, item.kind().wire(),
                new Labelled(item.category(), catalogue.categoryLabel(item.category())),
                ItemView.services(item, catalogue), highlights);
    }

    private static List<int[]> pairs(List<Span> spans) {
        return spans.stream().map(span -> new int[] {span.start(), span.end()}).toList();
    }

    private static String label(String field, String value, Catalogue catalogue) {
        return switch (field) {
            case "kind" -> Kind.ofWire(value).map(Kind::label).orElse(value);
            case "category" -> catalogue.categoryLabel(value);
            default -> catalogue.nameOf(value);
        };
    }
}

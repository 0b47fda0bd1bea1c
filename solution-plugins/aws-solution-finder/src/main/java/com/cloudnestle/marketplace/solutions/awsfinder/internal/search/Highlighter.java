package com.cloudnestle.marketplace.solutions.awsfinder.internal.search;

import com.cloudnestle.marketplace.solutions.awsfinder.internal.catalog.CatalogItem;
import java.util.List;
import java.util.Set;

/**
 * Says where the words of a query stand in an item, as places in the text. Whoever shows them marks the places in its own
 * way, so no markup travels that would have to be trusted.
 */
final class Highlighter {

    record Marks(List<Span> title, List<Span> problem, List<Span> summary) {}

    private record Words(List<TextAnalysis.Word> title, List<TextAnalysis.Word> problem, List<TextAnalysis.Word> summary) {}

    /** The texts never change, so they are cut into words once. */
    private final List<Words> items;

    Highlighter(List<CatalogItem> items, TextAnalysis analysis) {
        this.items = items.stream().map(item -> new Words(
                analysis.located(item.name()), analysis.located(item.problem()), analysis.located(item.summary()))).toList();
    }

    /** @param item position in the catalogue */
    Marks marks(int item, Set<String> stems) {
        Words words = items.get(item);
        return new Marks(among(words.title(), stems), among(words.problem(), stems), among(words.summary(), stems));
    }

    private static List<Span> among(List<TextAnalysis.Word> words, Set<String> stems) {
        return words.stream().filter(word -> stems.contains(word.stem())).map(TextAnalysis.Word::span).toList();
    }
}

package com.cloudnestle.marketplace.solutions.awsfinder.internal.search;

import com.cloudnestle.marketplace.solutions.awsfinder.internal.catalog.CatalogItem;
import com.cloudnestle.marketplace.solutions.awsfinder.internal.catalog.Catalogue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Completes what somebody has begun to type, from names and keywords. Immutable, thread-safe. */
public final class Suggestions {

    /** @param kind {@code service}, {@code architecture}, {@code solution}, or {@code topic} for a keyword */
    public record Suggestion(String text, String kind) {}

    private static final int MOST = 8;
    private static final String TOPIC = "topic";

    private record Phrase(Suggestion suggestion, String folded) {}

    private final List<Phrase> phrases;

    public Suggestions(Catalogue catalogue) {
        Map<String, Phrase> found = new LinkedHashMap<>();
        for (CatalogItem item : catalogue.items()) {
            put(found, item.name(), item.kind().wire());
        }
        for (CatalogItem item : catalogue.items()) {
            item.keywords().forEach(keyword -> put(found, keyword, TOPIC));
        }
        this.phrases = List.copyOf(found.values());
    }

    /** At most 8 phrases of which some word begins with {@code typed}: beginnings of whole phrases first, then names, then short ones. */
    public List<Suggestion> completing(String typed) {
        String prefix = folded(typed);
        if (prefix.isEmpty()) {
            return List.of();
        }
        List<Phrase> matching = new ArrayList<>();
        for (Phrase phrase : phrases) {
            if (phrase.folded().startsWith(prefix) || phrase.folded().contains(" " + prefix)) {
                matching.add(phrase);
            }
        }
        matching.sort(Comparator.comparing((Phrase p) -> !CatalogueIndex.exactForm(p.folded()).startsWith(prefix))
                .thenComparing(p -> p.suggestion().kind().equals(TOPIC))
                .thenComparing(p -> p.folded().length())
                .thenComparing(Phrase::folded));
        return matching.stream().limit(MOST).map(Phrase::suggestion).toList();
    }

    private static void put(Map<String, Phrase> found, String text, String kind) {
        found.putIfAbsent(folded(text), new Phrase(new Suggestion(text, kind), folded(text)));
    }

    private static String folded(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}.]+", " ").strip();
    }
}

package com.cloudnestle.marketplace.solutions.awsfinder.internal.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Everything that can be found, in the order of the data files. Immutable. */
public final class Catalogue {

    private final List<Category> categories;
    private final List<CatalogItem> items;
    private final List<String> examples;
    private final Map<String, CatalogItem> byId;
    private final Map<String, String> categoryLabels;

    public Catalogue(List<Category> categories, List<CatalogItem> items, List<String> examples) {
        this.categories = List.copyOf(categories);
        this.items = List.copyOf(items);
        this.examples = List.copyOf(examples);
        this.byId = items.stream().collect(Collectors.toUnmodifiableMap(CatalogItem::id, Function.identity()));
        this.categoryLabels = categories.stream().collect(Collectors.toUnmodifiableMap(Category::id, Category::label));
    }

    public List<Category> categories() {
        return categories;
    }

    public List<CatalogItem> items() {
        return items;
    }

    /** Queries worth trying. */
    public List<String> examples() {
        return examples;
    }

    public Optional<CatalogItem> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Name of the item for people; the id itself when there is none. */
    public String nameOf(String id) {
        return find(id).map(CatalogItem::name).orElse(id);
    }

    /** Name of the category for people; the id itself when there is none. */
    public String categoryLabel(String id) {
        return categoryLabels.getOrDefault(id, id);
    }
}

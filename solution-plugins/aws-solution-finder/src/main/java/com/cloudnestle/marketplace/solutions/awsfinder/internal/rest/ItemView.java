package com.cloudnestle.marketplace.solutions.awsfinder.internal.rest;

import com.cloudnestle.marketplace.solutions.awsfinder.internal.catalog.CatalogItem;
import com.cloudnestle.marketplace.solutions.awsfinder.internal.catalog.Catalogue;
import java.util.List;

/** An item with everything there is to say about it. */
public record ItemView(
        String id,
        String title,
        String problem,
        String summary,
        String url,
        String kind,
        Labelled category,
        List<Labelled> services,
        List<String> keywords) {

    /** An id and its name for people. */
    public record Labelled(String id, String name) {}

    static ItemView of(CatalogItem item, Catalogue catalogue) {
        return new ItemView(item.id(), item.name(), item.problem(), item.summary(), item.url(), item.kind().wire(),
                new Labelled(item.category(), catalogue.categoryLabel(item.category())),
                services(item, catalogue), item.keywords());
    }

    static List<Labelled> services(CatalogItem item, Catalogue catalogue) {
        return item.services().stream().map(id -> new Labelled(id, catalogue.nameOf(id))).toList();
    }
}

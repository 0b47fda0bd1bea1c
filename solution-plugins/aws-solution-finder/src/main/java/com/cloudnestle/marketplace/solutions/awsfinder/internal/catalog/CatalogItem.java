package com.cloudnestle.marketplace.solutions.awsfinder.internal.catalog;

import java.util.List;

/**
 * One thing that can be found.
 *
 * @param id unique, stable
 * @param category id of a {@link Category}
 * @param problem what a buyer would say, 1 or 2 sentences
 * @param summary what it does, 2 or 3 sentences
 * @param services ids of the services it is built from or commonly used with
 * @param keywords other words people use for it, lower case
 * @param url official page
 */
public record CatalogItem(
        String id,
        String name,
        Kind kind,
        String category,
        String problem,
        String summary,
        List<String> services,
        List<String> keywords,
        String url) {
    public CatalogItem {
        services = List.copyOf(services);
        keywords = List.copyOf(keywords);
    }
}

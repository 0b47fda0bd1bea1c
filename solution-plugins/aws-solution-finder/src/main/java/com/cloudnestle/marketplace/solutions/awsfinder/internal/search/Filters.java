package com.cloudnestle.marketplace.solutions.awsfinder.internal.search;

import java.util.Set;

/**
 * What results must be like. Within one field any of the values will do, all fields together must hold; an empty set
 * asks for nothing.
 *
 * @param kinds e.g. {@code service}
 * @param categories ids of categories
 * @param services ids of services the result is, or uses
 */
public record Filters(Set<String> kinds, Set<String> categories, Set<String> services) {

    public static final Filters NONE = new Filters(Set.of(), Set.of(), Set.of());

    public Filters {
        kinds = Set.copyOf(kinds);
        categories = Set.copyOf(categories);
        services = Set.copyOf(services);
    }
}

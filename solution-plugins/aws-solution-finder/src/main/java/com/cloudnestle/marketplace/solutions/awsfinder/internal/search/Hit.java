package com.cloudnestle.marketplace.solutions.awsfinder.internal.search;

import com.cloudnestle.marketplace.solutions.awsfinder.internal.catalog.CatalogItem;
import java.util.List;

/**
 * One result.
 *
 * @param score 0 to 1; 1 is first by words and by meaning. Compares results of one search only
 * @param title where query words are in the name, in order
 * @param problem where they are in the problem
 * @param summary where they are in the summary
 */
public record Hit(CatalogItem item, double score, List<Span> title, List<Span> problem, List<Span> summary) {
    public Hit {
        title = List.copyOf(title);
        problem = List.copyOf(problem);
        summary = List.copyOf(summary);
    }
}

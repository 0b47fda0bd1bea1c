package com.cloudnestle.marketplace.rest.internal.wire;

import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

/** A solution in the list of the catalogue. */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
public record SolutionView(
        String id,
        List<String> aliases,
        String name,
        String summary,
        String category,
        boolean available,
        String pageUrl,
        String apiUrl) {

    public static SolutionView of(CatalogEntry entry) {
        SolutionDescriptor descriptor = entry.descriptor();
        return new SolutionView(
                entry.id(),
                descriptor.aliases(),
                descriptor.name(),
                descriptor.summary(),
                descriptor.category(),
                entry.available(),
                pageUrl(entry),
                "/solutions/" + entry.id() + "/api/");
    }

    /** Address of the page to open first. */
    public static String pageUrl(CatalogEntry entry) {
        return "/solutions/" + entry.id() + "/" + entry.descriptor().startPath();
    }
}

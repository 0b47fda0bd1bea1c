package com.cloudnestle.marketplace.solutions.awsfinder.internal.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What one entry of a data file has to be like. */
final class ItemRules {

    private static final String[] FIELDS = {
        "id", "name", "kind", "category", "problem", "summary", "services", "keywords", "url"
    };
    private static final Pattern OFFICIAL_PAGE =
            Pattern.compile("https://(docs\\.)?aws\\.amazon\\.com/[A-Za-z0-9._/-]{2,200}");

    private ItemRules() {}

    static CatalogItem item(String file, int number, JsonNode node, String category) {
        String label = "entry " + number + (node.path("id").isTextual() ? " (" + node.path("id").textValue() + ")" : "");
        EntryFields fields = new EntryFields(file, label, node, FIELDS);
        String kind = fields.text("kind", 1, 20);
        if (!fields.text("category", 1, 60).equals(category)) {
            throw fields.wrong("category", "must be '" + category + "' in this file");
        }
        List<String> keywords = fields.texts("keywords", 3, 25);
        for (String keyword : keywords) {
            if (!keyword.equals(keyword.toLowerCase(Locale.ROOT))) {
                throw fields.wrong("keywords", "'" + keyword + "' must be lower case");
            }
        }
        return new CatalogItem(
                fields.id("id"),
                fields.text("name", 3, 90),
                Kind.ofWire(kind).orElseThrow(() -> fields.wrong("kind", "must be service, architecture or solution")),
                category,
                fields.text("problem", 20, 300),
                fields.text("summary", 40, 600),
                fields.texts("services", 1, 12),
                keywords,
                fields.matching("url", OFFICIAL_PAGE, "must be a page of aws.amazon.com or docs.aws.amazon.com"));
    }
}

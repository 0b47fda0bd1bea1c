package com.cloudnestle.marketplace.solutions.awsfinder.internal.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The fields of one JSON object, each checked as it is taken; complaints say where. */
final class EntryFields {

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,59}");

    private final String file;
    private final String entry;
    private final JsonNode node;

    EntryFields(String file, String entry, JsonNode node, String... known) {
        this.file = file;
        this.entry = entry;
        this.node = node;
        if (!node.isObject()) {
            throw new MalformedCatalogException(file + ": " + entry + ": must be an object");
        }
        Set<String> names = Set.of(known);
        for (Iterator<String> each = node.fieldNames(); each.hasNext(); ) {
            String name = each.next();
            if (!names.contains(name)) {
                throw wrong(name, "is no known field");
            }
        }
    }

    static JsonNode array(String file, JsonNode object, String field) {
        JsonNode value = object.path(field);
        if (!value.isArray() || value.isEmpty()) {
            throw new MalformedCatalogException(file + ": " + field + ": must be an array with at least one entry");
        }
        return value;
    }

    String id(String field) {
        return matching(field, ID, "must be 1 to 60 of a-z, 0-9 and '-', beginning with a letter");
    }

    String matching(String field, Pattern pattern, String rule) {
        JsonNode value = node.path(field);
        if (!value.isTextual() || !pattern.matcher(value.textValue()).matches()) {
            throw wrong(field, rule);
        }
        return value.textValue();
    }

    String text(String field, int min, int max) {
        return checked(field, node.path(field), min, max);
    }

    List<String> texts(String field, int min, int max) {
        JsonNode value = node.path(field);
        if (!value.isArray() || value.size() < min || value.size() > max) {
            throw wrong(field, "must be an array of " + min + " to " + max + " texts");
        }
        List<String> texts = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (JsonNode element : value) {
            String text = checked(field, element, 1, 120);
            if (!seen.add(text)) {
                throw wrong(field, "has '" + text + "' twice");
            }
            texts.add(text);
        }
        return texts;
    }

    MalformedCatalogException wrong(String field, String rule) {
        return new MalformedCatalogException(file + ": " + entry + ": " + field + ": " + rule);
    }

    private String checked(String field, JsonNode value, int min, int max) {
        String text = value.isTextual() ? value.textValue() : "";
        if (text.length() < min || text.length() > max || !text.equals(text.strip())
                || text.chars().anyMatch(Character::isISOControl)) {
            throw wrong(field, "must be text of " + min + " to " + max + " characters, no blanks around it, one line");
        }
        return text;
    }
}

package com.cloudnestle.marketplace.catalog.internal;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One JSON object, read strictly: unknown, missing, doubled and wrong-typed fields are refused by name, so that a slip of
 * the pen never silently becomes an unlimited tier.
 */
final class Fields {

    static final ObjectMapper JSON = mapper();

    private final String path;
    private final JsonNode object;

    private Fields(String path, JsonNode node, Set<String> allowed) {
        if (!node.isObject()) {
            throw new FormatException(path.isEmpty() ? "document" : path, "must be an object {…}");
        }
        this.path = path;
        this.object = node;
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!allowed.contains(name)) {
                throw new FormatException(at(name), "is not known here; known are "
                        + String.join(", ", allowed.stream().sorted().toList()));
            }
        }
    }

    /** Reads a whole document. */
    static Fields parse(byte[] document, Set<String> allowed) {
        try {
            JsonNode node = JSON.readTree(document);
            if (node == null || node.isMissingNode()) {
                throw new FormatException("document", "is empty");
            }
            return new Fields("", node, allowed);
        } catch (JsonProcessingException e) {
            JsonLocation where = e.getLocation();
            String field = where == null ? "document" : "line " + where.getLineNr() + ", column " + where.getColumnNr();
            throw new FormatException(field, "is not readable JSON: " + reason(e), e);
        } catch (IOException e) {
            throw new FormatException("document", "is not readable JSON", e); // e.g. bytes that are no UTF-8
        }
    }

    /** Without the parser's remark on where the broken part began: it shows places of the parser, not of the file. */
    private static String reason(JsonProcessingException e) {
        String reason = String.valueOf(e.getOriginalMessage());
        int remark = reason.indexOf(" (start marker");
        return remark < 0 ? reason : reason.substring(0, remark);
    }

    /** Path of a field, for errors. */
    String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    boolean has(String name) {
        return object.has(name);
    }

    String text(String name) {
        return optionalText(name).orElseThrow(() -> new FormatException(at(name), "is missing"));
    }

    Optional<String> optionalText(String name) {
        return present(name).map(node -> {
            if (!node.isTextual()) {
                throw new FormatException(at(name), "must be a text in quotes");
            }
            return node.textValue();
        });
    }

    long integer(String name) {
        return optionalInteger(name).orElseThrow(() -> new FormatException(at(name), "is missing"));
    }

    Optional<Long> optionalInteger(String name) {
        return present(name).map(node -> {
            if (!node.isIntegralNumber() || !node.canConvertToLong()) {
                throw new FormatException(at(name), "must be a whole number");
            }
            return node.longValue();
        });
    }

    /** False if there is no such field. */
    boolean flag(String name) {
        return present(name).map(node -> {
            if (!node.isBoolean()) {
                throw new FormatException(at(name), "must be true or false");
            }
            return node.booleanValue();
        }).orElse(false);
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        elements(name).forEach(node -> {
            if (!node.isTextual()) {
                throw new FormatException(at(name) + "[" + texts.size() + "]", "must be a text in quotes");
            }
            texts.add(node.textValue());
        });
        return texts;
    }

    /** The objects of a list; empty if there is no such field. */
    List<Fields> objects(String name, Set<String> allowed) {
        List<Fields> objects = new ArrayList<>();
        elements(name).forEach(node -> objects.add(new Fields(at(name) + "[" + objects.size() + "]", node, allowed)));
        return objects;
    }

    Optional<Fields> optionalObject(String name, Set<String> allowed) {
        return present(name).map(node -> new Fields(at(name), node, allowed));
    }

    /** Makes a value that checks itself, and names this object if it refuses. */
    <T> T checked(Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new FormatException(path.isEmpty() ? "document" : path, String.valueOf(e.getMessage()), e);
        }
    }

    private Iterable<JsonNode> elements(String name) {
        return present(name).map(node -> {
            if (!node.isArray()) {
                throw new FormatException(at(name), "must be a list […]");
            }
            return (Iterable<JsonNode>) node;
        }).orElse(List.of());
    }

    private Optional<JsonNode> present(String name) {
        JsonNode node = object.get(name);
        if (node != null && node.isNull()) {
            throw new FormatException(at(name), "must not be null; leave it out instead");
        }
        return Optional.ofNullable(node);
    }

    private static ObjectMapper mapper() {
        JsonMapper mapper = JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
        mapper.getFactory().setStreamReadConstraints(
                StreamReadConstraints.builder().maxNestingDepth(20).maxNumberLength(30).build());
        return mapper;
    }
}

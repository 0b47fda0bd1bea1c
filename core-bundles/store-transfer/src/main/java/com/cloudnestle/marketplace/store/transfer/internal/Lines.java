package com.cloudnestle.marketplace.store.transfer.internal;

import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Table;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The three kinds of lines. First {@code {"format":…,"version":1,"tables":[…]}}; then per item
 * {@code {"table":…,"pk":…,"sk":…,"attributes":{…}}}, where a text is a JSON string, a number a JSON number and bytes are
 * {@code {"base64":…}}; last {@code {"items":{table:count},"sha256":…}}.
 */
final class Lines {

    static final String FORMAT = "cloudnestle-marketplace-export";
    static final int VERSION = 1;

    /** The largest item, with every character escaped in six, and some room for what is around it. */
    static final int MAX_BYTES = 8 * Item.MAX_BYTES;

    private static final String BASE64 = "base64";
    private static final Map<String, Table> TABLES =
            Table.all().stream().collect(Collectors.toMap(Table::tableName, Function.identity()));
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNameLength(Item.MAX_BYTES)
                            .maxStringLength(MAX_BYTES)
                            .maxNestingDepth(10)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** What the last line says. */
    record Footer(Map<Table, Long> items, String sha256) {}

    private Lines() {}

    static byte[] header() throws IOException {
        ObjectNode line = JSON.createObjectNode().put("format", FORMAT).put("version", VERSION);
        Table.all().forEach(table -> line.withArray("tables").add(table.tableName()));
        return bytes(line);
    }

    /** Attributes by name, so that equal items are equal lines. */
    static byte[] item(Item item) throws IOException {
        Key key = item.key();
        ObjectNode line = JSON.createObjectNode()
                .put("table", key.table().tableName()).put("pk", key.pk()).put("sk", key.sk());
        ObjectNode attributes = line.putObject("attributes");
        new TreeMap<>(item.attributes()).forEach((name, value) -> {
            if (value instanceof String text) {
                attributes.put(name, text);
            } else if (value instanceof Long number) {
                attributes.put(name, number);
            } else if (value instanceof byte[] bytes) {
                attributes.putObject(name).put(BASE64, Base64.getEncoder().encodeToString(bytes));
            }
        });
        return bytes(line);
    }

    static byte[] footer(Footer footer) throws IOException {
        ObjectNode line = JSON.createObjectNode();
        ObjectNode items = line.putObject("items");
        new TreeMap<>(footer.items()).forEach((table, count) -> items.put(table.tableName(), count));
        return bytes(line.put("sha256", footer.sha256()));
    }

    static void readHeader(byte[] line) throws ExportFormatException {
        JsonNode header = parse(line);
        if (!header.path("format").asText().equals(FORMAT)) {
            throw new ExportFormatException("this is no export of a marketplace");
        }
        checkNames(header, Set.of("format", "version", "tables"));
        if (!header.path("version").isInt() || header.path("version").asInt() != VERSION) {
            throw new ExportFormatException("version " + header.path("version") + " is not known here, only " + VERSION);
        }
        for (JsonNode name : header.path("tables")) {
            table(name);
        }
    }

    static boolean isFooter(JsonNode line) {
        return line.has("sha256");
    }

    static Footer readFooter(JsonNode node) throws ExportFormatException {
        checkNames(node, Set.of("items", "sha256"));
        Map<Table, Long> items = new TreeMap<>();
        for (Map.Entry<String, JsonNode> count : node.path("items").properties()) {
            if (!count.getValue().isIntegralNumber() || !count.getValue().canConvertToLong()) {
                throw new ExportFormatException("the count of " + count.getKey() + " is no number");
            }
            items.put(table(count.getKey()), count.getValue().asLong());
        }
        return new Footer(items, node.path("sha256").asText());
    }

    static Item readItem(JsonNode node) throws ExportFormatException {
        checkNames(node, Set.of("table", "pk", "sk", "attributes"));
        if (!node.path("attributes").isObject()) {
            throw new ExportFormatException("attributes is missing");
        }
        Map<String, Object> attributes = new TreeMap<>();
        for (Map.Entry<String, JsonNode> attribute : node.path("attributes").properties()) {
            attributes.put(attribute.getKey(), value(attribute.getKey(), attribute.getValue()));
        }
        try {
            return new Item(new Key(table(node.path("table")), text(node, "pk"), text(node, "sk")), attributes);
        } catch (IllegalArgumentException e) {
            throw new ExportFormatException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Object value(String name, JsonNode value) throws ExportFormatException {
        if (value.isTextual()) {
            return value.asText();
        }
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return value.asLong();
        }
        if (value.isObject() && value.size() == 1 && value.path(BASE64).isTextual()) {
            try {
                return Base64.getDecoder().decode(value.path(BASE64).asText());
            } catch (IllegalArgumentException e) {
                throw new ExportFormatException("attribute " + name + " is no Base64", e);
            }
        }
        throw new ExportFormatException("attribute " + name + " is no text, whole number or Base64");
    }

    private static Table table(JsonNode name) throws ExportFormatException {
        return table(name.asText());
    }

    private static Table table(String name) throws ExportFormatException {
        Table table = TABLES.get(name);
        if (table == null) {
            throw new ExportFormatException("there is no table '" + name + "' here");
        }
        return table;
    }

    private static String text(JsonNode node, String name) throws ExportFormatException {
        if (!node.path(name).isTextual()) {
            throw new ExportFormatException(name + " is missing");
        }
        return node.path(name).asText();
    }

    private static void checkNames(JsonNode node, Set<String> allowed) throws ExportFormatException {
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!allowed.contains(name)) {
                throw new ExportFormatException("'" + name + "' is not known here");
            }
        }
    }

    /** Any line as the object that it must be. */
    static JsonNode parse(byte[] line) throws ExportFormatException {
        try {
            JsonNode node = JSON.readTree(line);
            if (node == null || !node.isObject()) {
                throw new ExportFormatException("not an object");
            }
            return node;
        } catch (JsonProcessingException e) {
            throw new ExportFormatException("not readable JSON: " + e.getOriginalMessage(), e);
        } catch (ExportFormatException e) {
            throw e;
        } catch (IOException e) { // e.g. bytes that are no UTF-8
            throw new ExportFormatException("not readable JSON", e);
        }
    }

    private static byte[] bytes(ObjectNode line) throws IOException {
        byte[] json = JSON.writeValueAsBytes(line);
        byte[] withEnd = Arrays.copyOf(json, json.length + 1);
        withEnd[json.length] = '\n';
        return withEnd;
    }
}

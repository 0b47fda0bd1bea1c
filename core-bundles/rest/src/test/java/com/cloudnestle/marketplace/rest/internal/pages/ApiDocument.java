package com.cloudnestle.marketplace.rest.internal.pages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The OpenAPI document as tests look at it. */
record ApiDocument(JsonNode root) {

    /** An operation of the document: method in upper case, path as written. */
    record Operation(String method, String path, JsonNode json) {
        String name() {
            return method + " " + path;
        }
    }

    static ApiDocument load() throws IOException {
        return new ApiDocument(new ObjectMapper().readTree(Bundled.read("/openapi/openapi.json").orElseThrow()));
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        root.path("paths").fields().forEachRemaining(path -> path.getValue().fields().forEachRemaining(
                each -> operations.add(new Operation(each.getKey().toUpperCase(), path.getKey(), each.getValue()))));
        return operations;
    }

    JsonNode schema(String name) {
        return root.at("/components/schemas/" + name);
    }

    /** What a node stands for, following its reference if it is one. */
    JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? root.at(node.path("$ref").asText().substring(1)) : node;
    }

    Set<String> parameters(Operation operation, String in) {
        Set<String> names = new TreeSet<>();
        elements(operation.json.path("parameters")).map(this::resolved)
                .filter(p -> p.path("in").asText().equals(in))
                .forEach(p -> names.add(p.path("name").asText()));
        return names;
    }

    List<String> brokenReferences() {
        return root.findValuesAsText("$ref").stream().filter(ref -> root.at(ref.substring(1)).isMissingNode()).toList();
    }

    /** Where a value does not fit its schema; empty if it does. Knows what this document uses of JSON Schema. */
    List<String> misfits(JsonNode schemaOrRef, JsonNode value, String where) {
        JsonNode schema = resolved(schemaOrRef);
        if (schema.has("oneOf")) {
            return elements(schema.path("oneOf")).anyMatch(one -> misfits(one, value, where).isEmpty())
                    ? List.of() : List.of(where + " fits none");
        }
        List<String> found = new ArrayList<>();
        if (schema.has("type") && types(schema).noneMatch(type -> is(type, value))) {
            found.add(where + " is no " + schema.path("type"));
        }
        if (value.isObject() && schema.has("properties")) {
            elements(schema.path("required")).filter(name -> !value.has(name.asText()))
                    .forEach(name -> found.add(where + " lacks " + name.asText()));
            value.fields().forEachRemaining(field -> found.addAll(schema.path("properties").has(field.getKey())
                    ? misfits(schema.path("properties").path(field.getKey()), field.getValue(), where + "." + field.getKey())
                    : List.of(where + " has the unknown " + field.getKey())));
        }
        if (value.isArray()) {
            value.forEach(each -> found.addAll(misfits(schema.path("items"), each, where + "[]")));
        }
        return found;
    }

    private static Stream<String> types(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isArray() ? elements(type).map(JsonNode::asText) : Stream.of(type.asText());
    }

    private static boolean is(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> throw new AssertionError("unexpected type " + type);
        };
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}

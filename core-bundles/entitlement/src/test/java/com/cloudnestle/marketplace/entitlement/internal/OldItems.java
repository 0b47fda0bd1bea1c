package com.cloudnestle.marketplace.entitlement.internal;

import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Table;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The items of the documents, as the store shows them. */
final class OldItems {

    private OldItems() {}

    /** Kept under an e-mail address, counts by day. */
    static Item byEmail() {
        return read("by-email");
    }

    /** Kept under an e-mail address, nothing counted. */
    static Item byEmailFirst() {
        return read("by-email-first");
    }

    /** Kept under an id, the count of one day. */
    static Item byId() {
        return read("by-id");
    }

    /** The item with an attribute set, or left out if the value is null. */
    static Item with(Item item, String name, Object value) {
        Map<String, Object> attributes = new HashMap<>(item.attributes());
        if (value == null) {
            attributes.remove(name);
        } else {
            attributes.put(name, value);
        }
        return new Item(item.key(), attributes);
    }

    static Item at(Item item, String pk, String sk) {
        return new Item(new Key(Table.ENTITLEMENTS, pk, sk), item.attributes());
    }

    private static Item read(String name) {
        try (InputStream file = OldItems.class.getResourceAsStream("/legacy/" + name + ".json")) {
            Map<String, Object> attributes = new HashMap<>();
            flatten("", new ObjectMapper().readTree(Objects.requireNonNull(file)), attributes);
            Key key = new Key(Table.ENTITLEMENTS, (String) attributes.remove("pk"), (String) attributes.remove("sk"));
            return new Item(key, attributes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void flatten(String prefix, JsonNode node, Map<String, Object> into) {
        node.fields().forEachRemaining(field -> {
            JsonNode value = field.getValue();
            if (value.isObject()) {
                flatten(prefix + field.getKey() + ".", value, into);
            } else {
                into.put(prefix + field.getKey(), value.isTextual() ? value.asText() : (Object) value.asLong());
            }
        });
    }
}

package com.cloudnestle.marketplace.store.dynamodb.internal;

import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.StoreException;
import com.cloudnestle.marketplace.store.Table;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Items as DynamoDB has them and back. Dotted names are paths into maps: written as nested maps, read flat. What other
 * software wrote is read as well as it can be: booleans, lists and sets as texts, nothing for null and empty maps.
 */
final class Attributes {

    static final String PK = "pk";
    static final String SK = "sk";

    private static final Logger LOG = LoggerFactory.getLogger(Attributes.class);

    private Attributes() {}

    static Map<String, AttributeValue> key(Key key) {
        return Map.of(PK, AttributeValue.fromS(key.pk()), SK, AttributeValue.fromS(key.sk()));
    }

    static Map<String, AttributeValue> of(Item item) {
        Map<String, Object> nested = new HashMap<>();
        item.attributes().forEach((name, value) -> nest(nested, name, value));
        Map<String, AttributeValue> attributes = new HashMap<>(key(item.key()));
        nested.forEach((name, value) -> attributes.put(name, value(value)));
        return attributes;
    }

    @SuppressWarnings("unchecked") // the maps are ours: no value of an item is one
    private static void nest(Map<String, Object> into, String name, Object value) {
        int dot = name.indexOf('.');
        if (dot < 0) {
            into.put(name, value);
        } else {
            Object inner = into.computeIfAbsent(name.substring(0, dot), n -> new HashMap<String, Object>());
            nest((Map<String, Object>) inner, name.substring(dot + 1), value);
        }
    }

    static AttributeValue value(Object value) {
        if (value instanceof String text) {
            return AttributeValue.fromS(text);
        }
        if (value instanceof Long number) {
            return AttributeValue.fromN(number.toString());
        }
        if (value instanceof byte[] bytes) {
            return AttributeValue.fromB(SdkBytes.fromByteArray(bytes));
        }
        Map<String, AttributeValue> map = new HashMap<>();
        ((Map<?, ?>) value).forEach((name, inner) -> map.put((String) name, value(inner)));
        return AttributeValue.fromM(map);
    }

    /** The item, if there is one. */
    static Optional<Item> item(Table table, Map<String, AttributeValue> attributes) {
        return attributes.isEmpty() ? Optional.empty() : Optional.of(existing(table, attributes));
    }

    /** @throws StoreException.Unavailable if it cannot be an item of ours at all, such as one that is too large */
    static Item existing(Table table, Map<String, AttributeValue> attributes) {
        Key key = key(table, attributes);
        Map<String, Object> flat = new LinkedHashMap<>();
        attributes.forEach((name, value) -> {
            if (!name.equals(PK) && !name.equals(SK)) {
                flatten(flat, name, value);
            }
        });
        leaveOutWhatCannotBe(table, key, flat);
        try {
            return new Item(key, flat);
        } catch (IllegalArgumentException e) {
            LOG.error("event=store_item_unreadable table={} pk={} sk={} reason=\"{}\"",
                    table.tableName(), key.pk(), key.sk(), e.getMessage());
            throw new StoreException.Unavailable("an item of " + table.tableName() + " cannot be read", e);
        }
    }

    static Key key(Table table, Map<String, AttributeValue> attributes) {
        return new Key(table, attributes.get(PK).s(), attributes.get(SK).s());
    }

    private static void flatten(Map<String, Object> flat, String name, AttributeValue value) {
        switch (value.type()) {
            case S -> flat.put(name, value.s());
            case N -> flat.put(name, ForeignValue.number(value.n()));
            case B -> flat.put(name, value.b().asByteArray());
            case BOOL -> flat.put(name, value.bool().toString());
            case NUL -> { }
            case M -> value.m().forEach((inner, nested) -> flatten(flat, name + "." + inner, nested));
            default -> flat.put(name, ForeignValue.json(value));
        }
    }

    /** DynamoDB itself ignores such an expiry and such index attributes, too. */
    private static void leaveOutWhatCannotBe(Table table, Key key, Map<String, Object> flat) {
        boolean changed = flat.keySet().removeIf(name -> name.startsWith(".") || name.endsWith(".") || name.contains(".."));
        if (flat.containsKey(Item.TTL) && !(flat.get(Item.TTL) instanceof Long)) {
            flat.remove(Item.TTL);
            changed = true;
        }
        if (table.indexed() && flat.containsKey(Item.G1) != flat.containsKey(Item.G1_SORT)) {
            flat.remove(Item.G1);
            flat.remove(Item.G1_SORT);
            changed = true;
        }
        if (changed) {
            LOG.warn("event=store_attribute_ignored table={} pk={} sk={}", table.tableName(), key.pk(), key.sk());
        }
    }
}

package com.cloudnestle.marketplace.store;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One stored item: a key and flat attributes. Values are {@link String}, {@link Long} or {@code byte[]}; anything else
 * is refused. Attribute {@link #TTL} (a number) holds an expiry in epoch seconds: from that second on the item is
 * invisible to reads, though conditions still see it until its bytes are reclaimed. In an indexed table the attributes
 * {@link #G1} and {@link #G1_SORT} (strings, only together) put the item into the index. Arrays are copied on the way
 * in; two items are equal if their arrays hold the same bytes.
 *
 * <p>A name with dots is a path: {@code usage.daily_usage.2025-11-23} is how a number inside two nested maps is seen, as
 * older software wrote them. Such names can be read, put and compared, but not changed one by one ({@link Update}).
 *
 * @param key where it lives
 * @param attributes name to value, without the key
 * @throws IllegalArgumentException if a name or value is not allowed or {@link #sizeBytes()} is over {@link #MAX_BYTES}
 */
public record Item(Key key, Map<String, Object> attributes) {

    public static final String TTL = "ttl";
    public static final String G1 = "g1";
    public static final String G1_SORT = "g1s";
    public static final int MAX_BYTES = 400 * 1024;

    /** What a number counts in {@link #sizeBytes()}, whatever its digits: the most that DynamoDB counts for one. */
    private static final int NUMBER_BYTES = 21;

    /** What a step of a path counts beside its name: the most that DynamoDB counts for a map with one entry. */
    private static final int STEP_BYTES = 4;

    public Item {
        Objects.requireNonNull(key);
        Map<String, Object> copy = new LinkedHashMap<>();
        attributes.forEach((name, value) -> copy.put(checkName(name), checkValue(name, value)));
        attributes = Collections.unmodifiableMap(copy);
        checkSpecial(key.table(), attributes);
        checkPaths(attributes);
        int size = size(key, attributes);
        if (size > MAX_BYTES) {
            throw new IllegalArgumentException("an item may have " + MAX_BYTES + " bytes, this one has " + size);
        }
    }

    /**
     * The size that is limited: UTF-8 bytes of the key, of all names and of all texts, the length of arrays, 21
     * for each number and 4 for each dot of a path. Never less than what DynamoDB counts, so what fits here fits in every store.
     */
    public int sizeBytes() {
        return size(key, attributes);
    }

    public Optional<String> string(String name) {
        return attributes.get(name) instanceof String value ? Optional.of(value) : Optional.empty();
    }

    /** A copy of the bytes, if the attribute holds some. */
    public Optional<byte[]> bytes(String name) {
        return attributes.get(name) instanceof byte[] value ? Optional.of(value.clone()) : Optional.empty();
    }

    public OptionalLong number(String name) {
        return attributes.get(name) instanceof Long value ? OptionalLong.of(value) : OptionalLong.empty();
    }

    /** The number, or {@code fallback} when the attribute is missing or no number. */
    public long number(String name, long fallback) {
        return number(name).orElse(fallback);
    }

    /** Whether reads made at {@code epochSecond} no longer see this item. */
    public boolean expiredAt(long epochSecond) {
        return number(TTL, Long.MAX_VALUE) <= epochSecond;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Item that
                && key.equals(that.key)
                && attributes.keySet().equals(that.attributes.keySet())
                && attributes.entrySet().stream()
                        .allMatch(e -> Objects.deepEquals(e.getValue(), that.attributes.get(e.getKey())));
    }

    /** Leaves the values out, so that equal arrays give equal codes. */
    @Override
    public int hashCode() {
        return Objects.hash(key, attributes.keySet());
    }

    /** Refuses names that are empty, belong to the key or are no path; returns the name. */
    static String checkName(String name) {
        boolean path = name.startsWith(".") || name.endsWith(".") || name.contains("..");
        if (name.isEmpty() || name.equals("pk") || name.equals("sk") || path) {
            throw new IllegalArgumentException("attribute name not allowed: '" + name + "'");
        }
        return name;
    }

    /** Refuses values that are not String, Long or byte[]; returns the value, an array as a copy. */
    static Object checkValue(String name, Object value) {
        if (value instanceof String || value instanceof Long) {
            return value;
        }
        if (value instanceof byte[] bytes) {
            return bytes.clone();
        }
        throw new IllegalArgumentException("attribute " + name + " must be String, Long or byte[], was "
                + (value == null ? "null" : value.getClass().getName()));
    }

    private static void checkSpecial(Table table, Map<String, Object> attributes) {
        Object ttl = attributes.get(TTL);
        if (ttl != null && !(ttl instanceof Long)) {
            throw new IllegalArgumentException("attribute " + TTL + " must be a number of epoch seconds");
        }
        if (table.indexed() && attributes.containsKey(G1) != attributes.containsKey(G1_SORT)) {
            throw new IllegalArgumentException("attributes " + G1 + " and " + G1_SORT + " go together");
        }
        if (table.indexed() && attributes.containsKey(G1)) {
            checkIndexed(G1, attributes, Key.MAX_PK_BYTES);
            checkIndexed(G1_SORT, attributes, Key.MAX_SK_BYTES);
        }
    }

    private static void checkIndexed(String name, Map<String, Object> attributes, int maxBytes) {
        if (!(attributes.get(name) instanceof String text)) {
            throw new IllegalArgumentException("attribute " + name + " must be a string in an indexed table");
        }
        int bytes = Utf8.length(name, text);
        if (bytes == 0 || bytes > maxBytes) {
            throw new IllegalArgumentException(name + " must have 1 to " + maxBytes + " bytes, had " + bytes);
        }
    }

    /** A name may not be a value and a map of others at once. */
    private static void checkPaths(Map<String, Object> attributes) {
        for (String name : attributes.keySet()) {
            for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
                String map = name.substring(0, dot);
                if (attributes.containsKey(map) || map.equals("pk") || map.equals("sk")) {
                    throw new IllegalArgumentException("attribute " + map + " cannot hold both a value and " + name);
                }
            }
        }
    }

    private static int size(Key key, Map<String, Object> attributes) {
        long size = 4L + Utf8.length("pk", key.pk()) + Utf8.length("sk", key.sk());
        for (Map.Entry<String, Object> attribute : attributes.entrySet()) {
            size += Utf8.length("attribute name", attribute.getKey());
            size += STEP_BYTES * attribute.getKey().chars().filter(c -> c == '.').count();
            Object value = attribute.getValue();
            if (value instanceof String text) {
                size += Utf8.length(attribute.getKey(), text);
            } else {
                size += value instanceof byte[] bytes ? bytes.length : NUMBER_BYTES;
            }
        }
        return (int) Math.min(size, Integer.MAX_VALUE);
    }
}

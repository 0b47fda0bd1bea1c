package com.cloudnestle.marketplace.store.sqlite.internal;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLDataException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Attributes as bytes, the same bytes for the same attributes. One byte {@code 1} (the format), then for each attribute
 * in the order of the names:
 *
 * <pre>
 * length of the name in UTF-8 (4 bytes), name,
 * 'S' length (4 bytes) UTF-8 | 'N' 8 bytes | 'B' length (4 bytes) bytes
 * </pre>
 *
 * Numbers are big-endian.
 */
final class AttributeCodec {

    private static final byte FORMAT = 1;

    private AttributeCodec() {}

    static byte[] encode(Map<String, Object> attributes) {
        Map<String, Object> ordered = new TreeMap<>(attributes);
        byte[][] names = new byte[ordered.size()][];
        byte[][] values = new byte[ordered.size()][];
        int size = 1;
        int i = 0;
        for (Map.Entry<String, Object> attribute : ordered.entrySet()) {
            names[i] = attribute.getKey().getBytes(StandardCharsets.UTF_8);
            values[i] = bytes(attribute.getValue());
            size += 4 + names[i].length + 1 + 4 + values[i].length;
            i++;
        }
        ByteBuffer out = ByteBuffer.allocate(size).put(FORMAT);
        i = 0;
        for (Object value : ordered.values()) {
            out.putInt(names[i].length).put(names[i]).put(type(value));
            if (!(value instanceof Long)) {
                out.putInt(values[i].length);
            }
            out.put(values[i++]);
        }
        byte[] body = new byte[out.position()];
        out.flip().get(body);
        return body;
    }

    private static byte[] bytes(Object value) {
        if (value instanceof String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        return value instanceof Long number ? ByteBuffer.allocate(8).putLong(number).array() : (byte[]) value;
    }

    private static byte type(Object value) {
        return (byte) (value instanceof String ? 'S' : value instanceof Long ? 'N' : 'B');
    }

    static Map<String, Object> decode(byte[] body) throws SQLDataException {
        try {
            ByteBuffer in = ByteBuffer.wrap(body);
            byte format = in.get();
            if (format != FORMAT) {
                throw new SQLDataException("item body of unknown format " + format);
            }
            Map<String, Object> attributes = new LinkedHashMap<>();
            while (in.hasRemaining()) {
                attributes.put(text(in), value(in));
            }
            return attributes;
        } catch (BufferUnderflowException | NegativeArraySizeException e) {
            throw new SQLDataException("item body is cut off", e);
        }
    }

    private static Object value(ByteBuffer in) throws SQLDataException {
        byte type = in.get();
        return switch (type) {
            case 'S' -> text(in);
            case 'N' -> in.getLong();
            case 'B' -> block(in);
            default -> throw new SQLDataException("item body holds unknown type " + type);
        };
    }

    private static String text(ByteBuffer in) {
        return new String(block(in), StandardCharsets.UTF_8);
    }

    private static byte[] block(ByteBuffer in) {
        int length = in.getInt();
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] block = new byte[length];
        in.get(block);
        return block;
    }
}

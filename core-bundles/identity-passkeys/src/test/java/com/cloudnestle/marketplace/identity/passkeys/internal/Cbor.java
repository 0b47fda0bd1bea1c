package com.cloudnestle.marketplace.identity.passkeys.internal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes the little of CBOR (RFC 8949) that authenticators write. */
final class Cbor {

    private Cbor() {}

    /** A map in the order given; names and values in turn. */
    static Map<Object, Object> map(Object... namesAndValues) {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }

    static byte[] bytes(Object value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(out, value);
        return out.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, Object value) {
        if (value instanceof Integer number) {
            head(out, number < 0 ? 1 : 0, number < 0 ? -1 - number : number);
        } else if (value instanceof byte[] bytes) {
            head(out, 2, bytes.length);
            out.writeBytes(bytes);
        } else if (value instanceof String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            head(out, 3, bytes.length);
            out.writeBytes(bytes);
        } else if (value instanceof Map<?, ?> map) {
            head(out, 5, map.size());
            map.forEach((name, item) -> {
                write(out, name);
                write(out, item);
            });
        } else {
            throw new IllegalArgumentException("cannot write " + value);
        }
    }

    private static void head(ByteArrayOutputStream out, int type, int number) {
        if (number < 24) {
            out.write(type << 5 | number);
        } else if (number < 256) {
            out.write(type << 5 | 24);
            out.write(number);
        } else {
            out.write(type << 5 | 25);
            out.writeBytes(ByteBuffer.allocate(2).putShort((short) number).array());
        }
    }
}

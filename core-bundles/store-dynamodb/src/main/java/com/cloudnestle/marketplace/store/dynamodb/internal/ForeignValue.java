package com.cloudnestle.marketplace.store.dynamodb.internal;

import java.math.BigDecimal;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Values of types that the platform never writes, as other software left them, as texts. */
final class ForeignValue {

    private ForeignValue() {}

    /** A whole number that fits becomes a {@link Long}, any other stays the text that it is. */
    static Object number(String digits) {
        try {
            return new BigDecimal(digits).longValueExact();
        } catch (ArithmeticException e) {
            return digits;
        }
    }

    /** JSON; bytes in Base64, sets as arrays. */
    static String json(AttributeValue value) {
        return switch (value.type()) {
            case S -> quoted(value.s());
            case N -> value.n();
            case BOOL -> value.bool().toString();
            case NUL -> "null";
            case B -> bytes(value.b());
            case L -> array(value.l().stream().map(ForeignValue::json));
            case SS -> array(value.ss().stream().map(ForeignValue::quoted));
            case NS -> array(value.ns().stream());
            case BS -> array(value.bs().stream().map(ForeignValue::bytes));
            case M -> value.m().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(entry -> quoted(entry.getKey()) + ":" + json(entry.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
            case UNKNOWN_TO_SDK_VERSION -> throw new IllegalArgumentException("a value of an unknown type");
        };
    }

    private static String array(Stream<String> parts) {
        List<String> all = parts.toList();
        return "[" + String.join(",", all) + "]";
    }

    private static String bytes(SdkBytes bytes) {
        return quoted(Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe()));
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}

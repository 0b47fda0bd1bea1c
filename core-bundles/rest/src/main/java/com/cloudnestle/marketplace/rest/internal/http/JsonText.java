package com.cloudnestle.marketplace.rest.internal.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One JSON text of a known shape, written as text and encoded at once. For the one answer that is written so often that a
 * generator's bookkeeping shows; everything else uses {@link Json}. Names are given with the punctuation before them, e.g.
 * {@code ,"tier":}, so that none is escaped anew with every answer.
 */
public final class JsonText {

    private final StringBuilder out;

    /** @param sizeHint characters the text will have, roughly */
    public JsonText(int sizeHint) {
        out = new StringBuilder(sizeHint);
    }

    /** Text that is JSON already. */
    public JsonText json(String json) {
        out.append(json);
        return this;
    }

    /** A member whose value is a string, or null. */
    public JsonText string(String name, @Nullable String value) {
        out.append(name);
        if (value == null) {
            out.append("null");
            return this;
        }
        out.append('"');
        if (plain(value)) {
            out.append(value);
        } else {
            JsonStringEncoder.getInstance().quoteAsString(value, out);
        }
        out.append('"');
        return this;
    }

    public JsonText number(String name, long value) {
        out.append(name).append(value);
        return this;
    }

    public JsonText flag(String name, boolean value) {
        out.append(name).append(value);
        return this;
    }

    /** The text in UTF-8. */
    public byte[] bytes() {
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Whether nothing in it needs an escape. */
    private static boolean plain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < 0x20 || c > 0x7e || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }
}

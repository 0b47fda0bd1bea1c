package com.cloudnestle.marketplace.rest;

/** Just enough JSON writing for the answers of this package, which knows no JSON library. */
final class JsonObject {

    private final StringBuilder out = new StringBuilder("{");

    JsonObject text(String name, String value) {
        name(name).append('"');
        value.chars().forEach(this::escaped);
        out.append('"');
        return this;
    }

    JsonObject number(String name, long value) {
        name(name).append(value);
        return this;
    }

    /** @param json text that is JSON already */
    JsonObject json(String name, String json) {
        name(name).append(json);
        return this;
    }

    private StringBuilder name(String name) {
        return out.append(out.length() > 1 ? "," : "").append('"').append(name).append("\":");
    }

    /** Control characters, surrogates and line separators become escapes, so the text is valid UTF-8 anywhere. */
    private void escaped(int c) {
        if (c == '"' || c == '\\') {
            out.append('\\').append((char) c);
        } else if (c < 0x20 || c == 0x7f || Character.isSurrogate((char) c) || c == 0x2028 || c == 0x2029) {
            out.append(String.format("\\u%04x", c));
        } else {
            out.append((char) c);
        }
    }

    @Override
    public String toString() {
        return out + "}";
    }
}

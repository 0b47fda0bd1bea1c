package com.cloudnestle.marketplace.identity;

import java.util.List;
import java.util.stream.Collectors;

/** Writes a JSON object; all that an export of {@link PersonalData} needs of JSON. Not thread-safe. */
public final class PersonalJson {

    private final StringBuilder out = new StringBuilder("{");

    public PersonalJson text(String name, String value) {
        name(name);
        quote(value);
        return this;
    }

    public PersonalJson texts(String name, List<String> values) {
        return json(name, values.stream().map(value -> {
            PersonalJson one = new PersonalJson();
            one.out.setLength(0);
            one.quote(value);
            return one.out.toString();
        }).collect(Collectors.joining(",", "[", "]")));
    }

    public PersonalJson bool(String name, boolean value) {
        return json(name, Boolean.toString(value));
    }

    public PersonalJson number(String name, long value) {
        return json(name, Long.toString(value));
    }

    /** @param json text that is JSON already */
    public PersonalJson json(String name, String json) {
        name(name);
        out.append(json);
        return this;
    }

    /** @param elements texts that are JSON already */
    public static String array(List<String> elements) {
        return elements.stream().collect(Collectors.joining(",", "[", "]"));
    }

    private void name(String name) {
        out.append(out.length() > 1 ? "," : "");
        quote(name);
        out.append(':');
    }

    /** Whatever could end a script element or is no valid UTF-8 alone becomes an escape. */
    private void quote(String text) {
        out.append('"');
        text.chars().forEach(c -> {
            boolean plain = c >= 0x20 && c != 0x7f && "\"\\<>&".indexOf(c) < 0 && c != 0x2028 && c != 0x2029
                    && !Character.isSurrogate((char) c);
            out.append(plain ? Character.toString(c) : String.format("\\u%04x", c));
        });
        out.append('"');
    }

    @Override
    public String toString() {
        return out + "}";
    }
}

package com.cloudnestle.marketplace.entitlement.internal;

import com.cloudnestle.marketplace.store.Item;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The attributes of an old item, each under any of its names.
 *
 * @param item as it lies in the store
 */
record LegacyFields(Item item) {

    /** Why the item makes no sense; stays within this package. */
    static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreadable(String reason) {
            super(reason, null, false, false);
        }
    }

    private static final int SHOWN = 40;

    /** The text under one of these names; empty if there is none, or only space. */
    Optional<String> text(String... names) {
        Optional<String> found = Optional.empty();
        for (String name : names) {
            Object value = item.attributes().get(name);
            if (value != null && !(value instanceof String)) {
                throw new Unreadable(name + " is not text");
            }
            Optional<String> text = item.string(name).map(String::strip).filter(each -> !each.isEmpty());
            if (found.isPresent() && text.isPresent() && !text.equals(found)) {
                throw new Unreadable(names[0] + " and " + name + " contradict each other");
            }
            found = found.or(() -> text);
        }
        return found;
    }

    String require(String... names) {
        return text(names).orElseThrow(() -> new Unreadable(names[0] + " is missing"));
    }

    /** A number that may also be kept as text; empty if there is no such attribute. */
    OptionalLong units(String name) {
        Object value = item.attributes().get(name);
        if (value == null) {
            return OptionalLong.empty();
        }
        if (value instanceof Long number && number >= 0) {
            return OptionalLong.of(number);
        }
        if (value instanceof String text && !text.isEmpty() && text.length() <= 18
                && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return OptionalLong.of(Long.parseLong(text));
        }
        throw new Unreadable(name + " is no count: " + quoted(value.toString()));
    }

    String after(String keyPart, String prefix) {
        if (!keyPart.startsWith(prefix) || keyPart.length() == prefix.length()) {
            throw new Unreadable("the key does not begin with " + prefix);
        }
        return keyPart.substring(prefix.length());
    }

    /** The beginning of a value for a message: without control characters, so that it can stand in a log. */
    static String quoted(String value) {
        StringBuilder shown = new StringBuilder("'");
        value.codePoints().limit(SHOWN).map(c -> Character.isISOControl(c) ? '?' : c).forEach(shown::appendCodePoint);
        return shown.append(value.codePointCount(0, value.length()) > SHOWN ? "…'" : "'").toString();
    }
}

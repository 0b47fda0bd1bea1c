package com.cloudnestle.marketplace.notification.internal;

import com.cloudnestle.marketplace.notification.SecurityChange;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** What was changed about somebody's security, in one language. The file has a line for each, {@code NAME = words}. */
final class SecurityWords {

    private static final String DETAIL = "detail";

    private final Map<SecurityChange, String> words;

    private SecurityWords(Map<SecurityChange, String> words) {
        this.words = words;
    }

    /** @throws IllegalStateException if a change lacks its words or has others than it may, which is a mistake in the file */
    static SecurityWords read(String file) {
        Map<SecurityChange, String> words = new EnumMap<>(SecurityChange.class);
        file.lines().filter(line -> !line.isBlank()).forEach(line -> {
            String[] parts = line.split(" = ", 2);
            if (parts.length != 2 || parts[1].isBlank()) {
                throw new IllegalStateException("words of a security change need the form NAME = words: " + line);
            }
            words.put(SecurityChange.valueOf(parts[0].strip()), parts[1].strip());
        });
        for (SecurityChange change : SecurityChange.values()) {
            if (!words.containsKey(change)) {
                throw new IllegalStateException("there are no words for the security change " + change);
            }
        }
        return new SecurityWords(words);
    }

    /** What {@code what} of a mail says; another text than a change's is left as it is, e.g. that of an earlier release. */
    String say(String what) {
        int colon = what.indexOf(':');
        String name = colon < 0 ? what : what.substring(0, colon);
        String detail = colon < 0 ? "" : what.substring(colon + 1);
        for (SecurityChange change : SecurityChange.values()) {
            if (change.name().equals(name)) {
                return Template.fill(Objects.requireNonNull(words.get(change)), Map.of(DETAIL, detail));
            }
        }
        return what;
    }
}

package com.cloudnestle.marketplace.identity.passkeys.internal;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What people call the browser that acted. Only words from here, whatever it says of itself. */
final class Browser {

    // A browser also names those it wishes to be taken for; the more special word stands first.
    private static final Pattern PROGRAM = Pattern.compile("Edg|OPR|Firefox|FxiOS|CriOS|Chrome|Safari");
    private static final Pattern SYSTEM = Pattern.compile("iPhone|iPad|Android|CrOS|Windows|Mac OS X|Linux");
    private static final Map<String, String> NAMES = Map.of(
            "Edg", "Edge", "OPR", "Opera", "FxiOS", "Firefox", "CriOS", "Chrome", "CrOS", "ChromeOS", "Mac OS X", "macOS");

    private Browser() {}

    static String of(String userAgent) {
        String program = first(PROGRAM, userAgent, "An unknown program");
        String system = first(SYSTEM, userAgent, "");
        return system.isEmpty() ? program : program + " on " + system;
    }

    /** The first word of the pattern's list that the text has anywhere. */
    private static String first(Pattern words, String text, String otherwise) {
        for (String word : words.pattern().split("\\|")) {
            Matcher matcher = Pattern.compile(word, Pattern.LITERAL).matcher(text);
            if (matcher.find()) {
                return NAMES.getOrDefault(word, word);
            }
        }
        return otherwise;
    }
}

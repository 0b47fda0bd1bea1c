package com.cloudnestle.marketplace.notification.internal;

import java.util.regex.Pattern;

/**
 * Makes values harmless before they stand in a mail. Some come from strangers: a name, or what a browser calls itself, in a
 * mail to somebody else. Such a value must neither end a line nor become a link of its own.
 */
final class MailText {

    private static final int MAX_CHARACTERS = 500;
    private static final Pattern LINK = Pattern.compile("https?://[\\x21-\\x7e&&[^\"'<>\\\\^`{|}]]{1,2000}");
    private static final Pattern DOT_IN_NAME = Pattern.compile("\\.(?=\\p{L})");
    private static final String NOTHING_SEEN = "\u200b"; // zero width space

    private MailText() {}

    /** Whether the name of a value promises an address to open. */
    static boolean namesLink(String name) {
        return name.equals("link") || name.endsWith("_link");
    }

    /** Absolute, http or https, ASCII, and without what would need escaping in plain text. */
    static boolean isLink(String value) {
        return LINK.matcher(value).matches();
    }

    /** One line without control characters, at most 500 characters. */
    static String line(String value) {
        StringBuilder line = new StringBuilder();
        value.codePoints().limit(MAX_CHARACTERS).forEach(c -> line.appendCodePoint(visible(c) ? c : ' '));
        return line.toString().strip();
    }

    /** As {@link #line}, and no mail program takes any of it for an address to open or write to. */
    static String inert(String value) {
        return DOT_IN_NAME.matcher(line(value)).replaceAll("." + NOTHING_SEEN)
                .replace("://", ":" + NOTHING_SEEN + "//")
                .replace("@", NOTHING_SEEN + "@" + NOTHING_SEEN);
    }

    static String escapeHtml(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /** Joiners stay, Hindi needs them; marks that turn the writing direction do not. */
    private static boolean visible(int c) {
        int type = Character.getType(c);
        boolean turns = c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069;
        return !turns && type != Character.CONTROL && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR && type != Character.SURROGATE;
    }
}

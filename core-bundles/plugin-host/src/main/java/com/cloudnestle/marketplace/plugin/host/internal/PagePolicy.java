package com.cloudnestle.marketplace.plugin.host.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Content-Security-Policy of a page: only what comes from this server runs, plus exactly the inline scripts and styles
 * the file was shipped with, known by their hashes. Markup that gets into the page later cannot run anything.
 *
 * @see <a href="https://www.w3.org/TR/CSP3/#match-element-to-source-list">CSP 3, hashes of inline elements</a>
 */
final class PagePolicy {

    private static final Pattern OPENING = Pattern.compile("<(script|style)(?=[\\s>/])", Pattern.CASE_INSENSITIVE);
    private static final Pattern SRC = Pattern.compile("\\ssrc\\s*+=", Pattern.CASE_INSENSITIVE);

    private PagePolicy() {}

    static String of(byte[] html) {
        Set<String> scripts = new TreeSet<>();
        Set<String> styles = new TreeSet<>();
        // browsers hash the text after turning line ends into \n
        String text = new String(html, StandardCharsets.UTF_8).replace("\r\n", "\n").replace('\r', '\n');
        Matcher opening = OPENING.matcher(text);
        int from = 0;
        while (opening.find(from)) {
            String name = opening.group(1);
            int inside = endOfTag(text, opening.end()) + 1;
            int closing = indexOfClosing(text, name, inside);
            if (inside == 0 || closing < 0) {
                break; // the file ends within this element: a browser runs nothing of it
            }
            String content = text.substring(inside, closing);
            if (name.equalsIgnoreCase("style")) {
                styles.add(hash(content));
            } else if (!SRC.matcher(text).region(opening.end(), inside).find()) {
                scripts.add(hash(content));
            }
            from = closing;
        }
        return "default-src 'self'; script-src 'self'" + String.join("", scripts)
                + "; style-src 'self'" + String.join("", styles)
                + "; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    }

    /** Where the tag's {@code >} is, not counting those in quoted attributes; -1 if there is none. */
    private static int endOfTag(String text, int from) {
        char quote = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '>') {
                return i;
            } else if (c == '"' || c == '\'') {
                quote = c;
            }
        }
        return -1;
    }

    private static int indexOfClosing(String text, String name, int from) {
        for (int i = text.indexOf("</", from); i >= 0; i = text.indexOf("</", i + 2)) {
            if (text.regionMatches(true, i + 2, name, 0, name.length())) {
                return i;
            }
        }
        return -1;
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return " 'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

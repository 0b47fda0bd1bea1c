package com.cloudnestle.marketplace.web.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * One file of the pages, in memory.
 *
 * @param plain as it is
 * @param gzipped compressed, or empty if that would gain nothing
 * @param tag strong entity tag, with its quotes
 * @param immutable the name holds a hash of the content, so it never changes
 */
record Asset(String type, byte[] plain, byte[] gzipped, String tag, boolean immutable) {

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=utf-8",
            "js", "text/javascript;charset=utf-8",
            "css", "text/css;charset=utf-8",
            "txt", "text/plain;charset=utf-8",
            "svg", "image/svg+xml",
            "woff2", "font/woff2",
            "woff", "font/woff");

    static Asset of(String name, byte[] plain, byte[] gzipped) {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null) {
            throw new IllegalArgumentException("no media type is known for " + name);
        }
        return new Asset(type, plain, gzipped, tag(plain), name.startsWith("assets/"));
    }

    static Asset problem(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return new Asset("application/problem+json", bytes, new byte[0], tag(bytes), false);
    }

    private static String tag(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return '"' + HexFormat.of().formatHex(hash, 0, 12) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}

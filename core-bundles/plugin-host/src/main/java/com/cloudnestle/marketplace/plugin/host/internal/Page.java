package com.cloudnestle.marketplace.plugin.host.internal;

import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Date;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A file as it is sent.
 *
 * @param tag strong validator, changes with the content
 * @param policy Content-Security-Policy, for HTML only
 */
record Page(byte[] content, String type, String tag, Optional<String> policy) {

    private static final String DEFAULT_TYPE = "application/octet-stream";

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html;charset=utf-8"),
            Map.entry("css", "text/css;charset=utf-8"),
            Map.entry("js", "text/javascript;charset=utf-8"),
            Map.entry("mjs", "text/javascript;charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("map", "application/json"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("txt", "text/plain;charset=utf-8"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("gif", "image/gif"),
            Map.entry("webp", "image/webp"),
            Map.entry("avif", "image/avif"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("wasm", "application/wasm"),
            Map.entry("pdf", "application/pdf"));

    static Page of(String path, byte[] content) {
        String type = TYPES.getOrDefault(path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT), DEFAULT_TYPE);
        // an SVG opened as a page of its own can carry scripts too
        boolean active = type.startsWith("text/html") || type.startsWith("image/svg");
        return new Page(content, type, tag(content), active ? Optional.of(PagePolicy.of(content)) : Optional.empty());
    }

    /** The file, or that it is the one the browser has already. */
    Response answer(Request request, Date modified) {
        EntityTag validator = new EntityTag(tag);
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(modified, validator);
        Response.ResponseBuilder answer = unchanged != null ? unchanged : Response.ok(content).header("Content-Type", type);
        policy.ifPresent(value -> answer.header("Content-Security-Policy", value));
        return answer.tag(validator)
                .lastModified(modified)
                .header("Cache-Control", "no-cache") // keep it, but ask whether it is still the same
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "same-origin")
                .build();
    }

    private static String tag(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

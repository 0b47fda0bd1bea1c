package com.cloudnestle.marketplace.web.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The built pages: every file there is, and every address that is a page. An address is looked up, never opened. */
final class Site {

    private final Map<String, Asset> files;
    private final Pattern pages;
    private final Asset index;

    private Site(Map<String, Asset> files, List<String> routes, Asset index) {
        this.files = Map.copyOf(files);
        this.index = index;
        this.pages = Pattern.compile(routes.stream().map(Site::pattern).collect(Collectors.joining("|")));
    }

    /** Reads what the build of the pages left in this bundle. */
    static Site bundled() {
        Map<String, Asset> files = new HashMap<>();
        for (String name : lines("files.txt")) {
            files.put("/" + name, Asset.of(name, required(name), read(name + ".gz").orElse(new byte[0])));
        }
        Asset index = Optional.ofNullable(files.remove("/index.html")).orElseThrow(() -> new IllegalStateException("no index.html"));
        return new Site(files, lines("routes.txt"), index);
    }

    Optional<Asset> file(String path) {
        return Optional.ofNullable(files.get(path));
    }

    /** The document of every page; the script in it tells the pages apart. */
    Asset index() {
        return index;
    }

    boolean page(String path) {
        return pages.matcher(path).matches();
    }

    private static String pattern(String route) {
        return Pattern.compile("\\$\\w+|[^$]+").matcher(route).results()
                .map(part -> part.group().startsWith("$") ? "[^/]+" : Pattern.quote(part.group()))
                .collect(Collectors.joining());
    }

    private static List<String> lines(String name) {
        return new String(required(name), StandardCharsets.UTF_8).lines().toList();
    }

    private static byte[] required(String name) {
        return read(name).orElseThrow(() -> new IllegalStateException("the bundle lacks web/" + name));
    }

    private static Optional<byte[]> read(String name) {
        try (InputStream in = Site.class.getResourceAsStream("/web/" + name)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

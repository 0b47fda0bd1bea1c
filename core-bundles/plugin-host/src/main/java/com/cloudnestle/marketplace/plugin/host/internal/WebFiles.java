package com.cloudnestle.marketplace.plugin.host.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.time.Instant;
import java.util.Enumeration;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.framework.Bundle;

/**
 * The files a solution's bundle has in its folder {@code web/}, read into memory once: no address can reach anything
 * else, and a page that is being sent does not vanish when the bundle does.
 *
 * @param files contents by path below {@code web/}, e.g. {@code search.html}
 * @param modified when the bundle was installed or updated
 */
record WebFiles(Map<String, byte[]> files, Instant modified) {

    /** Bounds what a plugin can make the platform hold. */
    static final int MAX_BYTES = 16 * 1024 * 1024;

    private static final String FOLDER = "web";

    WebFiles {
        files = Map.copyOf(files);
    }

    /** @throws IllegalArgumentException if they are too large together */
    static WebFiles of(Bundle bundle) {
        Map<String, byte[]> files = new TreeMap<>();
        Enumeration<URL> entries = bundle.findEntries(FOLDER, "*", true);
        int total = 0;
        while (entries != null && entries.hasMoreElements()) {
            URL entry = entries.nextElement();
            String path = entry.getPath().substring(entry.getPath().indexOf(FOLDER + "/") + FOLDER.length() + 1);
            if (path.isEmpty() || path.endsWith("/")) {
                continue;
            }
            byte[] content = read(entry);
            total = Math.addExact(total, content.length);
            if (total > MAX_BYTES) {
                throw new IllegalArgumentException("the files in web/ have more than " + MAX_BYTES + " bytes together");
            }
            files.put(path, content);
        }
        return new WebFiles(files, Instant.ofEpochMilli(bundle.getLastModified()));
    }

    private static byte[] read(URL entry) {
        try (InputStream in = entry.openStream()) {
            return in.readNBytes(MAX_BYTES + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

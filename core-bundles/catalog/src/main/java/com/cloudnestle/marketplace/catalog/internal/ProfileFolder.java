package com.cloudnestle.marketplace.catalog.internal;

import com.cloudnestle.marketplace.catalog.TierProfile;
import com.cloudnestle.marketplace.catalog.Tiers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An operator's profile files, {@code <name>.json} each. Reads what changed since the last look; not thread-safe. */
final class ProfileFolder {

    static final int MAX_BYTES = 64 * 1024;
    static final int MAX_FILES = 200;

    private static final Logger LOG = LoggerFactory.getLogger(ProfileFolder.class);
    private static final String ENDING = ".json";

    /** How a file looked; equal stamps are taken for equal content. */
    private record Stamp(FileTime modified, long size) {}

    /**
     * What a look found.
     *
     * @param changed profiles from new and changed files, by name
     * @param refused names whose file cannot be accepted now
     * @param present names of all files, also of those that did not change
     */
    record Look(Map<String, TierProfile> changed, Set<String> refused, Set<String> present) {}

    private final Path folder;
    private final Map<String, Stamp> stamps = new HashMap<>();
    private final Set<String> refused = new HashSet<>();

    ProfileFolder(Path folder) {
        this.folder = folder;
    }

    /** A malformed file is logged once for each of its versions; it does not keep others from being read. */
    Look look() throws IOException {
        Map<String, Path> files = files();
        stamps.keySet().retainAll(files.keySet());
        refused.retainAll(files.keySet());
        Map<String, TierProfile> changed = new HashMap<>();
        files.forEach((name, file) -> {
            try {
                Stamp stamp = stamp(file);
                if (!stamp.equals(stamps.put(name, stamp))) {
                    changed.put(name, read(name, file));
                    refused.remove(name);
                }
            } catch (FormatException e) {
                refused.add(name);
                LOG.error("tier profile refused file={} reason=\"{}\"; the last good version stays", file, e.getMessage());
            } catch (IOException e) {
                // Tried again at the next look, but said only once.
                stamps.remove(name);
                if (refused.add(name)) {
                    LOG.error("tier profile refused file={} reason=\"cannot be read: {}\"; the last good version stays",
                            file, e.toString());
                }
            }
        });
        return new Look(changed, Set.copyOf(refused), Set.copyOf(files.keySet()));
    }

    private Map<String, Path> files() throws IOException {
        Map<String, Path> files = new HashMap<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*" + ENDING)) {
            for (Path file : found) {
                String name = file.getFileName().toString();
                if (!name.startsWith(".")) { // editors keep half-written copies under such names
                    files.put(name.substring(0, name.length() - ENDING.length()), file);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Map.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        if (files.size() > MAX_FILES) {
            throw new IOException("more than " + MAX_FILES + " profile files in " + folder);
        }
        return files;
    }

    private static TierProfile read(String name, Path file) throws IOException {
        try {
            Tiers.requireValid(name);
        } catch (IllegalArgumentException e) {
            throw new FormatException("file name", "must be 1 to 40 of a-z, 0-9 and '-' before " + ENDING, e);
        }
        byte[] document;
        try (InputStream in = Files.newInputStream(file)) {
            document = in.readNBytes(MAX_BYTES + 1);
        }
        if (document.length > MAX_BYTES) {
            throw new FormatException("document", "must have at most " + MAX_BYTES + " bytes");
        }
        return ProfileFormat.read(document, name);
    }

    private static Stamp stamp(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(attributes.lastModifiedTime(), attributes.size());
    }
}

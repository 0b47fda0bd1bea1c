package com.cloudnestle.marketplace.platform.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** A folder below the data directory that only the server's user may look into. */
final class DataFolder {

    /** System property with the data directory; the start script sets it. */
    static final String PROPERTY = "karaf.data";

    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_FOLDER = PosixFilePermissions.fromString("rwx------");

    private final Path folder;

    DataFolder(Path data, String name) {
        this.folder = data.resolve(name);
    }

    /** The data directory of this process. */
    static Path ofProcess() {
        String data = System.getProperty(PROPERTY);
        if (data == null || data.isBlank()) {
            throw new IllegalStateException("the system property " + PROPERTY + " must name the data directory");
        }
        return Path.of(data).toAbsolutePath().normalize();
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /**
     * Writes the file as a whole or not at all, durably, readable by its owner only; an older one is replaced.
     *
     * @throws UncheckedIOException naming the file
     */
    Path write(String name, String text) {
        Path target = file(name);
        try {
            prepare();
            // The name does not end like the target's, so nobody who lists the folder takes a half-written file.
            Path half = folder.resolve("." + name + ".new");
            Files.deleteIfExists(half);
            createPrivate(half);
            writeDurably(half, text);
            Files.move(half, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            syncFolder();
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + target + ": " + e, e);
        }
    }

    /** Those of group and others who may do something with the file; empty also where files have no such rights. */
    static Set<PosixFilePermission> foreignRights(Path file) throws IOException {
        if (!posix(file)) {
            return Set.of();
        }
        Set<PosixFilePermission> rights = EnumSet.noneOf(PosixFilePermission.class);
        rights.addAll(Files.getPosixFilePermissions(file));
        rights.removeIf(right -> right.name().startsWith("OWNER_"));
        return rights;
    }

    private void prepare() throws IOException {
        Files.createDirectories(folder);
        if (posix(folder) && !Files.getPosixFilePermissions(folder).equals(OWNER_FOLDER)) {
            Files.setPosixFilePermissions(folder, OWNER_FOLDER);
        }
    }

    private static void createPrivate(Path file) throws IOException {
        if (posix(file.getParent())) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_FILE));
        } else {
            Files.createFile(file);
        }
    }

    private static void writeDurably(Path file, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** Makes the new name durable; systems that cannot open a folder keep names by themselves. */
    private void syncFolder() throws IOException {
        if (!posix(folder)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static boolean posix(Path path) throws IOException {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS) && Files.getFileStore(path).supportsFileAttributeView("posix");
    }
}

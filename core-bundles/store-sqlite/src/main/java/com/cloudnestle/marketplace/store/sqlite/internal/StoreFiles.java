package com.cloudnestle.marketplace.store.sqlite.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The files of one store.
 *
 * @param directory holds all of them and nothing else
 */
record StoreFiles(Path directory) {

    StoreFiles {
        directory = directory.toAbsolutePath().normalize();
    }

    Path database() {
        return directory.resolve("marketplace.db");
    }

    /** Where SQLite keeps commits until they are moved into the database file; as precious as that file. */
    Path writeAheadLog() {
        return directory.resolve("marketplace.db-wal");
    }

    Path lock() {
        return directory.resolve("store.lock");
    }

    /** Says who holds the lock. A file of its own: closing the lock file after reading it would drop the lock. */
    Path owner() {
        return directory.resolve("store.owner");
    }

    /** A copy of the backup that is being restored. */
    Path restoring() {
        return directory.resolve("restoring.db");
    }

    /** Where the driver unpacks its native library; the system's own folder may forbid execution. */
    Path nativeLibrary() {
        return directory.resolve("native");
    }

    /** Makes the folder, for its owner only where the file system knows owners. */
    void createDirectory() throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.createDirectory(directory, ownerOnly("rwx------"));
    }

    /** File attributes for the permissions, or none on file systems without them. */
    static FileAttribute<?>[] ownerOnly(String permissions) {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        };
    }

    static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Makes new and renamed files of the folder survive a power cut. */
    static void syncDirectory(Path folder) throws IOException {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            return; // Windows cannot open folders and keeps renames by itself.
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}

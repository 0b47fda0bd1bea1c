package com.cloudnestle.marketplace.console.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Where backups lie. They hold addresses of customers, so a folder made here is for the server's user only. */
final class BackupFolder {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path folder;

    BackupFolder(Path data) {
        folder = data.resolve("backups").toAbsolutePath().normalize();
    }

    /** The file an operator means: relative names are looked up in the backup folder, not where the server was started. */
    Path file(String argument, String name) {
        try {
            if (name.isBlank()) {
                throw MarketplaceException.invalid(argument, "is empty");
            }
            return folder.resolve(name).normalize();
        } catch (InvalidPathException e) {
            throw MarketplaceException.invalid(argument, "is not a file name");
        }
    }

    Path fileFor(Instant now) {
        return folder.resolve("marketplace-" + STAMP.format(now) + ".db");
    }

    static void makeParent(Path file) throws IOException {
        Path parent = file.getParent();
        if (parent != null && !Files.isDirectory(parent)) {
            Files.createDirectories(parent, ownerOnly(parent, "rwx------"));
        }
    }

    /** Nothing where the file system knows no such rights. */
    static FileAttribute<?>[] ownerOnly(Path path, String rights) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))}
                : new FileAttribute<?>[0];
    }
}

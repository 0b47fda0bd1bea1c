package com.cloudnestle.marketplace.console.internal;

import com.cloudnestle.marketplace.error.MarketplaceException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where backups lie. They hold addresses of customers, so a folder made here is for the server's user only. */
final class BackupFolder {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** How files of {@code market:backup} end. */
    static final String BACKUP = ".db";

    /** How files of {@code market:export} end. */
    static final String EXPORT = ".jsonl";

    private static final Logger LOG = LoggerFactory.getLogger(BackupFolder.class);

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

    Path fileFor(Instant now, String ending) {
        return folder.resolve("marketplace-" + STAMP.format(now) + ending);
    }

    /** Names of the files in the folder that end like this. */
    List<String> names(String ending) {
        List<String> names = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + ending)) {
                files.forEach(file -> names.add(file.getFileName().toString()));
            } catch (IOException e) {
                LOG.debug("backup folder not readable folder={}", folder, e);
            }
        }
        return names;
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

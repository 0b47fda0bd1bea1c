package com.cloudnestle.marketplace.console.internal;

import com.cloudnestle.marketplace.store.StoreAdmin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A store whose data are one text; a backup is a file with that text after a mark. */
final class FileStore implements StoreAdmin {

    private static final String MARK = "backup:";

    String data = "first";
    boolean diskFull;

    @Override
    public BackupReport backup(Path target) throws IOException {
        if (diskFull) {
            throw new IOException("No space left on device");
        }
        Files.writeString(target, MARK + data, StandardOpenOption.CREATE_NEW);
        return report(target);
    }

    @Override
    public BackupReport restore(Path source) throws IOException {
        String text = Files.readString(source);
        if (!text.startsWith(MARK)) {
            throw new IOException(source + " is not a backup of this marketplace");
        }
        data = text.substring(MARK.length());
        return report(source);
    }

    private static BackupReport report(Path file) throws IOException {
        return new BackupReport(file, Files.size(file), 3);
    }
}

package com.cloudnestle.marketplace.store.sqlite.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** Looks at a database file before anything is done with it. Changes nothing in it. */
final class FileCheck {

    private static final int SQLITE_CORRUPT = 11;
    private static final int SQLITE_NOT_A_DATABASE = 26;

    private FileCheck() {}

    /** Refuses a store file that must not be opened; one that does not exist yet is fine. */
    static void store(StoreFiles files, Connections connections) throws StoreRefusedException, IOException {
        if (size(files.database()) == 0) {
            if (size(files.writeAheadLog()) > 0) {
                throw new StoreRefusedException("the store file " + files.database() + " is missing or empty, but "
                        + files.writeAheadLog().getFileName() + " still holds writes. Put the file back, or: " + wayOut(files));
            }
            return;
        }
        try (Connection connection = connections.plain(files.database())) {
            if (untouched(connection)) {
                return;
            }
            String wrong = wrong(connection, wayOut(files));
            if (!wrong.isEmpty()) {
                throw new StoreRefusedException("the store file " + files.database() + " " + wrong);
            }
        } catch (SQLException e) {
            throw refused(files, e);
        }
    }

    /** Refuses a file that is no sound backup of this platform. */
    static void backup(Path source, Path copy, Connections connections) throws IOException {
        try (Connection connection = connections.plain(copy)) {
            String wrong = wrong(connection, "Take another backup.");
            if (!wrong.isEmpty()) {
                throw new IOException("the backup " + source + " " + wrong + " (the present data is unchanged)");
            }
        } catch (SQLException e) {
            throw new IOException(
                    "the backup " + source + " cannot be read (" + e.getMessage() + "); the present data is unchanged",
                    e);
        }
    }

    static StoreRefusedException refused(StoreFiles files, SQLException e) {
        int code = e.getErrorCode() & 0xff;
        if (code == SQLITE_CORRUPT || code == SQLITE_NOT_A_DATABASE) {
            return new StoreRefusedException(
                    "the store file " + files.database() + " is damaged (" + e.getMessage() + "). " + wayOut(files), e);
        }
        return new StoreRefusedException("the store file " + files.database() + " cannot be opened: " + e.getMessage(), e);
    }

    private static String wayOut(StoreFiles files) {
        return "Nothing was changed. The way out: move " + files.database().getFileName() + "* out of "
                + files.directory() + ", start again, and run market:backup restore <file> with the last good backup.";
    }

    /** A file that SQLite made, but whose first transaction was never committed. */
    private static boolean untouched(Connection connection) throws SQLException {
        return Schema.number(connection, "PRAGMA application_id") == 0
                && Schema.number(connection, "PRAGMA user_version") == 0
                && Schema.number(connection, "SELECT count(*) FROM sqlite_master") == 0;
    }

    /** What forbids the use of the file, with a way out; empty if nothing does. */
    private static String wrong(Connection connection, String wayOutOfDamage) throws SQLException {
        if (Schema.number(connection, "PRAGMA application_id") != Schema.APPLICATION_ID) {
            return "is a database of another program. Nothing was changed. Name another file or directory.";
        }
        long version = Schema.number(connection, "PRAGMA user_version");
        if (version > Schema.VERSION) {
            return "was written by a newer version of the platform (schema " + version + ", this one knows "
                    + Schema.VERSION + "). Nothing was changed. Use that version or a newer one.";
        }
        String check = Schema.text(connection, "PRAGMA quick_check(1)");
        return check.equals("ok") ? "" : "is damaged (" + check.replace('\n', ' ') + "). " + wayOutOfDamage;
    }

    private static long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }
}

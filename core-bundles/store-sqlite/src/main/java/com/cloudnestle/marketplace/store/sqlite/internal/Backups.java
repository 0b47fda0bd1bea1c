package com.cloudnestle.marketplace.store.sqlite.internal;

import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.StoreAdmin;
import com.cloudnestle.marketplace.store.StoreAdmin.BackupReport;
import com.cloudnestle.marketplace.store.StoreException;
import com.cloudnestle.marketplace.store.Table;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copies all data out of the running store and back into it. */
final class Backups {

    private static final Logger LOG = LoggerFactory.getLogger(Backups.class);

    private final Database database;
    private final Funnel funnel;

    Backups(Database database, Funnel funnel) {
        this.database = database;
        this.funnel = funnel;
    }

    /** Written beside the target and renamed at the end, so a target that exists is a whole backup. */
    BackupReport write(Path target) throws IOException {
        Path file = target.toAbsolutePath().normalize();
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        Path folder = file.getParent();
        if (folder == null) {
            throw new IOException("not a file name: " + file);
        }
        Files.createDirectories(folder);
        Path part = Files.createTempFile(folder, file.getFileName() + ".", ".part", StoreFiles.ownerOnly("rw-------"));
        try {
            vacuumInto(part);
            StoreFiles.sync(part);
            BackupReport report = new BackupReport(file, Files.size(part), countItems(part));
            Files.move(part, file);
            StoreFiles.syncDirectory(folder);
            LOG.info("event=backup_written file={} bytes={} items={}", file, report.sizeBytes(), report.items());
            return report;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private void vacuumInto(Path part) throws IOException {
        try (Connection connection = database.connections().plain(database.files().database());
                PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
            vacuum.setString(1, part.toString());
            vacuum.execute();
        } catch (SQLException e) {
            throw new IOException("the backup could not be written: " + e.getMessage(), e);
        }
    }

    private long countItems(Path part) throws IOException {
        try (Connection connection = database.connections().plain(part)) {
            return Schema.countItems(connection, "main");
        } catch (SQLException e) {
            throw new IOException("the backup could not be read back: " + e.getMessage(), e);
        }
    }

    /**
     * Replaces all rows in one transaction of the running store: readers see the old data or the new, and a crash in
     * between leaves the old. No file is swapped, so there is no moment without one.
     */
    BackupReport restore(Path source) throws IOException {
        Path file = source.toAbsolutePath().normalize();
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString());
        }
        Path copy = database.files().restoring();
        try {
            Files.deleteIfExists(copy);
            Files.copy(file, copy); // What was checked is what is read, even if somebody writes to the source meanwhile.
            FileCheck.backup(file, copy, database.connections());
            long items = funnel.<Long, IOException>holding(rows -> replaceAll(rows, copy));
            LOG.warn("event=store_restored file={} items={}", file, items);
            return new BackupReport(file, Files.size(file), items);
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private long replaceAll(Rows rows, Path copy) throws IOException {
        try (PreparedStatement attach = rows.connection().prepareStatement("ATTACH ? AS backup")) {
            attach.setString(1, copy.toString());
            attach.execute();
        } catch (SQLException e) {
            throw new IOException("the backup could not be opened: " + e.getMessage(), e);
        }
        try {
            long items = Schema.countItems(rows.connection(), "backup");
            database.writer().transaction(Backups::copyRows);
            return items;
        } catch (SQLException | StoreException.Unavailable e) {
            throw new IOException("the backup could not be restored; the present data is unchanged", e);
        } finally {
            detach(rows);
        }
    }

    private static boolean copyRows(Rows rows) throws SQLException {
        Set<Table> saved = Schema.tables(rows.connection(), "backup");
        long epoch = epoch(rows);
        try (Statement statement = rows.connection().createStatement()) {
            for (Table table : Table.all()) {
                statement.executeUpdate("DELETE FROM main." + Schema.name(table));
                if (saved.contains(table)) {
                    String columns = Schema.columns(table);
                    statement.executeUpdate("INSERT INTO main." + Schema.name(table) + " (" + columns + ") SELECT "
                            + columns + " FROM backup." + Schema.name(table));
                }
            }
        }
        long higher = Math.max(epoch, epoch(rows)) + 1;
        rows.put(new Item(StoreAdmin.EPOCH_KEY, Map.of(StoreAdmin.EPOCH, higher)));
        return true;
    }

    private static long epoch(Rows rows) throws SQLException {
        return rows.find(StoreAdmin.EPOCH_KEY)
                .map(item -> item.number(StoreAdmin.EPOCH, 0))
                .orElse(0L);
    }

    private static void detach(Rows rows) {
        try (Statement statement = rows.connection().createStatement()) {
            statement.execute("DETACH backup");
        } catch (SQLException e) {
            // The restore itself is decided; the next one would fail to attach and say so.
            LOG.warn("event=restore_detach_failed", e);
        }
    }
}

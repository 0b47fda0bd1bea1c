package com.cloudnestle.marketplace.store.sqlite.internal;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The opened file: checked, locked, and with connections whose settings were read back. */
final class Database implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    private static final long SYNCHRONOUS_FULL = 2;

    private final StoreFiles files;
    private final Connections connections;
    private final ProcessLock lock;
    private final Writer writer;
    private final Readers readers;

    private Database(
            StoreFiles files, Connections connections, ProcessLock lock, Writer writer, Readers readers) {
        this.files = files;
        this.connections = connections;
        this.lock = lock;
        this.writer = writer;
        this.readers = readers;
    }

    static Database open(StoreFiles files, Connections connections, InstantSource clock)
            throws StoreRefusedException {
        ProcessLock lock = null;
        Connection writer = null;
        boolean opened = false;
        try {
            files.createDirectory();
            lock = ProcessLock.acquire(files, clock.instant());
            FileCheck.store(files, connections);
            writer = connections.writer(files.database());
            checkDurable(writer, files);
            Schema.create(writer);
            StoreFiles.syncDirectory(files.directory());
            Readers readers = Readers.open(connections, files);
            opened = true;
            return new Database(files, connections, lock, new Writer(new Rows(writer)), readers);
        } catch (SQLException e) {
            throw FileCheck.refused(files, e);
        } catch (IOException e) {
            throw new StoreRefusedException("the store directory " + files.directory() + " cannot be used: " + e, e);
        } finally {
            if (!opened) {
                closeQuietly(writer);
                closeQuietly(lock);
            }
        }
    }

    /** A setting that was asked for is no promise; only what the connection answers counts. */
    private static void checkDurable(Connection writer, StoreFiles files) throws SQLException, StoreRefusedException {
        String journal = Schema.text(writer, "PRAGMA journal_mode").toLowerCase(Locale.ROOT);
        long synchronous = Schema.number(writer, "PRAGMA synchronous");
        if (!journal.equals("wal") || synchronous != SYNCHRONOUS_FULL) {
            throw new StoreRefusedException("the store file " + files.database()
                    + " cannot be written durably: journal_mode is " + journal + " and must be wal, synchronous is "
                    + synchronous + " and must be " + SYNCHRONOUS_FULL
                    + " (full). Put the data directory on a local disk, not on a network share.");
        }
    }

    StoreFiles files() {
        return files;
    }

    Connections connections() {
        return connections;
    }

    Writer writer() {
        return writer;
    }

    Readers readers() {
        return readers;
    }

    @Override
    public void close() {
        writer.stop("the store is stopping");
        closeQuietly(readers::close);
        closeQuietly(writer.rows());
        closeQuietly(lock);
    }

    private static void closeQuietly(@Nullable AutoCloseable resource) {
        if (resource == null) {
            return;
        }
        try {
            resource.close();
        } catch (Exception e) {
            // What was acknowledged is on the disk already; the rest must be closed all the same.
            LOG.warn("event=store_close_failed", e);
        }
    }
}

package com.cloudnestle.marketplace.store.sqlite.internal;

import com.cloudnestle.marketplace.store.StoreException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** A few connections for reading beside the writer. Each read is one statement, so none holds back the log for long. */
final class Readers {

    private static final int SIZE = 4;
    private static final int WAIT_SECONDS = 5;

    private final BlockingQueue<Rows> free = new ArrayBlockingQueue<>(SIZE);

    /** Reads something with one connection. */
    @FunctionalInterface
    interface Read<T> {
        T from(Rows rows) throws SQLException;
    }

    /** Opens all connections, or none. */
    static Readers open(Connections connections, StoreFiles files) throws SQLException {
        Readers readers = new Readers();
        try {
            for (int i = 0; i < SIZE; i++) {
                readers.free.add(new Rows(connections.reader(files.database())));
            }
            return readers;
        } catch (SQLException e) {
            readers.close();
            throw e;
        }
    }

    <T> T read(Read<T> read) {
        Rows rows = take();
        try {
            return read.from(rows);
        } catch (SQLException e) {
            rows.forgetStatements();
            throw new StoreException.Unavailable("the store could not be read", e);
        } finally {
            free.add(rows);
        }
    }

    private Rows take() {
        try {
            Rows rows = free.poll(WAIT_SECONDS, TimeUnit.SECONDS);
            if (rows == null) {
                throw new StoreException.Unavailable("the store is busy, try again in a moment");
            }
            return rows;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException.Unavailable("interrupted while waiting for the store", e);
        }
    }

    /** Closes the connections once the reads that use them are over. */
    void close() throws SQLException {
        List<Rows> taken = new ArrayList<>();
        free.drainTo(taken);
        boolean interrupted = false;
        while (taken.size() < SIZE) {
            try {
                Rows rows = free.poll(WAIT_SECONDS, TimeUnit.SECONDS);
                if (rows == null) {
                    break; // never all opened, or a read that hangs; the process must be able to stop
                }
                taken.add(rows);
            } catch (InterruptedException e) {
                interrupted = true;
                break;
            }
        }
        for (Rows rows : taken) {
            rows.close();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

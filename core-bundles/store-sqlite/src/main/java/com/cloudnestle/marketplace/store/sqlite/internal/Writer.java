package com.cloudnestle.marketplace.store.sqlite.internal;

import com.cloudnestle.marketplace.store.StoreException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection that writes. After a commit that failed nobody knows what is on the disk (an fsync must not be
 * tried twice), so the store then stops for good; the next start finds out.
 */
final class Writer {

    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

    private static final int SQLITE_IO_ERROR = 10;
    private static final int SQLITE_CORRUPT = 11;
    private static final int SQLITE_NOT_A_DATABASE = 26;

    private final Rows rows;
    private volatile @Nullable String stopped;

    Writer(Rows rows) {
        this.rows = rows;
    }

    /** Statements of one transaction. */
    @FunctionalInterface
    interface Body {
        /** Returns whether there is something to commit. */
        boolean run(Rows rows) throws SQLException;
    }

    Rows rows() {
        return rows;
    }

    void checkUsable() {
        String reason = stopped;
        if (reason != null) {
            throw new StoreException.Unavailable(reason);
        }
    }

    /** From now on every call fails with the reason; the first reason stays. */
    void stop(String reason) {
        if (stopped == null) {
            stopped = reason;
        }
    }

    /**
     * Runs the body and commits it durably, or leaves no trace of it.
     *
     * @throws StoreException.Unavailable if nothing was applied
     * @throws StoreException.OutcomeUnknown if the commit itself failed
     */
    void transaction(Body body) {
        checkUsable();
        boolean committing = false;
        try (Statement statement = rows.connection().createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            if (body.run(rows)) {
                committing = true;
                statement.execute("COMMIT");
            } else {
                statement.execute("ROLLBACK");
            }
        } catch (SQLException | RuntimeException | Error e) {
            // Whatever it was, callers wait for an answer and the transaction must not stay open.
            throw committing ? poisoned(e) : abandoned(e);
        }
    }

    private StoreException poisoned(Throwable cause) {
        stop("the store has stopped after a failed commit; it must be restarted");
        LOG.error("event=store_stopped reason=commit_failed action=restart", cause);
        return new StoreException.OutcomeUnknown("the commit failed, it is not known whether it took effect", cause);
    }

    private StoreException abandoned(Throwable cause) {
        rows.forgetStatements();
        boolean fatal = !rolledBack(cause) || cause instanceof SQLException sql && fatal(sql);
        if (fatal) {
            stop("the store has stopped after a failure of its file; it must be restarted");
            LOG.error("event=store_stopped reason=file_failed action=restart", cause);
        }
        return new StoreException.Unavailable("the store could not write, nothing was applied", cause);
    }

    private static boolean fatal(SQLException e) {
        int code = e.getErrorCode() & 0xff;
        return code == SQLITE_IO_ERROR || code == SQLITE_CORRUPT || code == SQLITE_NOT_A_DATABASE;
    }

    /** Ends the transaction. SQLite ends it by itself for some errors; that a new one can begin is then the proof. */
    private boolean rolledBack(Throwable cause) {
        for (String attempt : List.of("ROLLBACK", "BEGIN; ROLLBACK")) {
            try (Statement statement = rows.connection().createStatement()) {
                statement.executeUpdate(attempt);
                return true;
            } catch (SQLException e) {
                cause.addSuppressed(e);
            }
        }
        return false;
    }
}

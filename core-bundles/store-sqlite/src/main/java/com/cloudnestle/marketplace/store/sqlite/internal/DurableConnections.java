package com.cloudnestle.marketplace.store.sqlite.internal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * Write-ahead log with an fsync for each commit. NORMAL in place of FULL would lose acknowledged writes in a power
 * cut. Uses the driver's DataSource, because DriverManager cannot see drivers of other bundles.
 */
final class DurableConnections implements Connections {

    private static final int BUSY_MILLIS = 5_000;
    private static final int LOG_LIMIT_BYTES = 64 * 1024 * 1024;

    @Override
    public Connection writer(Path file) throws SQLException {
        SQLiteConfig config = config();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setJournalSizeLimit(LOG_LIMIT_BYTES);
        return open(file, config);
    }

    @Override
    public Connection reader(Path file) throws SQLException {
        Connection connection = open(file, config());
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA query_only = 1");
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    @Override
    public Connection plain(Path file) throws SQLException {
        return open(file, config());
    }

    private static SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.setGetGeneratedKeys(false); // there are none, and the driver would ask for them after every write
        return config;
    }

    private static Connection open(Path file, SQLiteConfig config) throws SQLException {
        if (file.toString().contains("?")) {
            throw new SQLException("the path must not contain a question mark, the driver would cut it there: " + file);
        }
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source.getConnection();
    }
}

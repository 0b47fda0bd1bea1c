package com.cloudnestle.marketplace.benchmarks.jetty;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** One conditional UPDATE per decision, committed before the answer, over a pool of prepared connections. */
final class PostgresCounters implements Counters {

    private record Pooled(Connection connection, PreparedStatement take, PreparedStatement look) {}

    private final BlockingQueue<Pooled> pool;

    PostgresCounters(String url, int connections) throws SQLException {
        pool = new ArrayBlockingQueue<>(connections);
        for (int i = 0; i < connections; i++) {
            Connection connection = DriverManager.getConnection(url);
            pool.add(new Pooled(
                    connection,
                    connection.prepareStatement(
                            "UPDATE counters SET used = used + 1 WHERE hash = ? AND used < lim RETURNING used, lim"),
                    connection.prepareStatement("SELECT used, lim FROM counters WHERE hash = ?")));
        }
    }

    @Override
    public Verdict take(byte[] tokenHash) throws SQLException, InterruptedException {
        Pooled pooled = pool.take();
        try {
            Verdict taken = ask(pooled.take, tokenHash, true);
            return taken.known() ? taken : ask(pooled.look, tokenHash, false);
        } finally {
            pool.add(pooled);
        }
    }

    private static Verdict ask(PreparedStatement statement, byte[] tokenHash, boolean taken) throws SQLException {
        statement.setBytes(1, tokenHash);
        try (ResultSet row = statement.executeQuery()) {
            return row.next() ? new Verdict(true, taken, row.getLong(1), row.getLong(2)) : Verdict.UNKNOWN;
        }
    }
}

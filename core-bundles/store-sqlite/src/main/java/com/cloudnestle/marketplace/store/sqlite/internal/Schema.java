package com.cloudnestle.marketplace.store.sqlite.internal;

import com.cloudnestle.marketplace.store.Table;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;

/**
 * The layout of the file: one table for each {@link Table}, under its own name. Keys are text, which SQLite orders by
 * UTF-8 bytes. Attributes lie in {@code body} (see {@link AttributeCodec}); those that must be searched stand beside
 * it once more.
 */
final class Schema {

    /** Marks the file as ours: "CNMP". */
    static final int APPLICATION_ID = 0x434E4D50;

    /** Raised when a change is more than a new table. */
    static final int VERSION = 1;

    private Schema() {}

    static String name(Table table) {
        return '"' + table.tableName() + '"';
    }

    static String columns(Table table) {
        return table.indexed() ? "pk, sk, ttl, g1, g1s, body" : "pk, sk, ttl, body";
    }

    /** Creates what is missing, all or nothing. Tables that later versions add are created in an older file. */
    static void create(Connection writer) throws SQLException {
        try (Statement statement = writer.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            try {
                for (Table table : Table.all()) {
                    create(statement, table);
                }
                statement.execute("PRAGMA application_id = " + APPLICATION_ID);
                statement.execute("PRAGMA user_version = " + VERSION);
                statement.execute("COMMIT");
            } catch (SQLException e) {
                statement.execute("ROLLBACK");
                throw e;
            }
        }
    }

    private static void create(Statement statement, Table table) throws SQLException {
        String index = table.indexed() ? " g1 TEXT, g1s TEXT," : "";
        statement.execute("CREATE TABLE IF NOT EXISTS " + name(table) + " (pk TEXT NOT NULL, sk TEXT NOT NULL,"
                + " ttl INTEGER," + index + " body BLOB NOT NULL, PRIMARY KEY (pk, sk)) WITHOUT ROWID");
        statement.execute("CREATE INDEX IF NOT EXISTS \"" + table.tableName() + "-ttl\" ON " + name(table)
                + " (ttl) WHERE ttl IS NOT NULL");
        if (table.indexed()) {
            statement.execute("CREATE INDEX IF NOT EXISTS \"" + table.tableName() + "-g1\" ON " + name(table)
                    + " (g1, g1s, pk, sk) WHERE g1 IS NOT NULL");
        }
    }

    /** Tables of this schema that the database under the name holds. */
    static Set<Table> tables(Connection connection, String database) throws SQLException {
        Set<String> names = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT name FROM " + database + ".sqlite_master WHERE type = 'table'")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        Set<Table> tables = new HashSet<>(Table.all());
        tables.removeIf(table -> !names.contains(table.tableName()));
        return tables;
    }

    static long countItems(Connection connection, String database) throws SQLException {
        long items = 0;
        for (Table table : tables(connection, database)) {
            items += number(connection, "SELECT count(*) FROM " + database + "." + name(table));
        }
        return items;
    }

    static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    static String text(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getString(1) : "";
        }
    }
}

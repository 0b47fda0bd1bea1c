package com.cloudnestle.marketplace.store.sqlite.internal;

import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Items as rows, over one connection, whose statements are prepared once. Not thread-safe. */
final class Rows implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Rows.class);

    private static final String VISIBLE = " AND (ttl IS NULL OR ttl > ?)";

    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    Rows(Connection connection) {
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }

    /** The item at the key, expired or not. */
    Optional<Item> find(Key key) throws SQLException {
        String select = "SELECT pk, sk, body FROM " + Schema.name(key.table()) + " WHERE pk = ? AND sk = ?";
        return items(key.table(), select, List.of(key.pk(), key.sk())).stream().findFirst();
    }

    /** Items of a partition in the order of the sort key. */
    List<Item> query(Range range, boolean reverse, long now) throws SQLException {
        List<Object> values = new ArrayList<>(List.of(range.partition()));
        StringBuilder select = new StringBuilder("SELECT pk, sk, body FROM ")
                .append(Schema.name(range.table()))
                .append(" WHERE pk = ?");
        String after = range.after();
        if (after != null && !reverse) {
            select.append(" AND sk > ?");
            values.add(after);
        } else {
            select.append(" AND sk >= ?");
            values.add(range.prefix());
        }
        String end = after != null && reverse ? after : Range.endOf(range.prefix());
        if (end != null) {
            select.append(" AND sk < ?");
            values.add(end);
        }
        select.append(VISIBLE).append(" ORDER BY sk").append(reverse ? " DESC" : "").append(" LIMIT ?");
        values.add(now);
        values.add((long) range.limit());
        return items(range.table(), select.toString(), values);
    }

    /** Items of one value of the index, in the order of the index's sort attribute. */
    List<Item> index(Range range, @Nullable IndexCursor after, long now) throws SQLException {
        List<Object> values = new ArrayList<>(List.of(range.partition(), range.prefix()));
        StringBuilder select = new StringBuilder("SELECT pk, sk, body FROM ")
                .append(Schema.name(range.table()))
                .append(" WHERE g1 = ? AND g1s >= ?");
        String end = Range.endOf(range.prefix());
        if (end != null) {
            select.append(" AND g1s < ?");
            values.add(end);
        }
        if (after != null) {
            select.append(" AND (g1s, pk, sk) > (?, ?, ?)");
            values.addAll(List.of(after.g1s(), after.pk(), after.sk()));
        }
        select.append(VISIBLE).append(" ORDER BY g1s, pk, sk LIMIT ?");
        values.add(now);
        values.add((long) range.limit());
        return items(range.table(), select.toString(), values);
    }

    /** Items of a table in the order of their keys, expired or not. */
    List<Item> scan(Table table, @Nullable IndexCursor after, int limit) throws SQLException {
        String select = "SELECT pk, sk, body FROM " + Schema.name(table);
        return after == null
                ? items(table, select + " ORDER BY pk, sk LIMIT ?", List.of((long) limit))
                : items(table, select + " WHERE (pk, sk) > (?, ?) ORDER BY pk, sk LIMIT ?",
                        List.of(after.pk(), after.sk(), (long) limit));
    }

    void put(Item item) throws SQLException {
        Table table = item.key().table();
        PreparedStatement put = prepared(
                table.indexed()
                        ? "INSERT INTO " + Schema.name(table) + " (pk, sk, ttl, body, g1, g1s) VALUES (?, ?, ?, ?, ?, ?)"
                                + " ON CONFLICT (pk, sk) DO UPDATE SET ttl = excluded.ttl, body = excluded.body,"
                                + " g1 = excluded.g1, g1s = excluded.g1s"
                        : "INSERT INTO " + Schema.name(table) + " (pk, sk, ttl, body) VALUES (?, ?, ?, ?)"
                                + " ON CONFLICT (pk, sk) DO UPDATE SET ttl = excluded.ttl, body = excluded.body");
        put.setString(1, item.key().pk());
        put.setString(2, item.key().sk());
        put.setObject(3, item.attributes().get(Item.TTL));
        put.setBytes(4, AttributeCodec.encode(item.attributes()));
        if (table.indexed()) {
            put.setObject(5, item.attributes().get(Item.G1));
            put.setObject(6, item.attributes().get(Item.G1_SORT));
        }
        put.executeUpdate();
    }

    void delete(Key key) throws SQLException {
        PreparedStatement delete = prepared("DELETE FROM " + Schema.name(key.table()) + " WHERE pk = ? AND sk = ?");
        delete.setString(1, key.pk());
        delete.setString(2, key.sk());
        delete.executeUpdate();
    }

    /** Deletes items whose expiry is not after {@code epochSecond}, at most {@code limit}; returns how many. */
    int deleteExpired(Table table, long epochSecond, int limit) throws SQLException {
        String name = Schema.name(table);
        PreparedStatement delete = prepared("DELETE FROM " + name + " WHERE (pk, sk) IN (SELECT pk, sk FROM " + name
                + " WHERE ttl <= ? ORDER BY ttl LIMIT ?)");
        delete.setLong(1, epochSecond);
        delete.setInt(2, limit);
        return delete.executeUpdate();
    }

    private List<Item> items(Table table, String select, List<Object> values) throws SQLException {
        PreparedStatement statement = prepared(select);
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.get(i));
        }
        List<Item> items = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                Key key = new Key(table, rows.getString(1), rows.getString(2));
                items.add(new Item(key, AttributeCodec.decode(rows.getBytes(3))));
            }
        }
        return items;
    }

    /** To be called after a failure: the driver may have closed the statement that failed, without saying so. */
    void forgetStatements() {
        for (PreparedStatement statement : prepared.values()) {
            try {
                statement.close();
            } catch (SQLException e) {
                LOG.debug("event=statement_close_failed", e);
            }
        }
        prepared.clear();
    }

    private PreparedStatement prepared(String sql) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        return statement;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}

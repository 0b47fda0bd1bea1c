package com.cloudnestle.marketplace.store.dynamodb.internal;

import com.cloudnestle.marketplace.store.Table;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the tables are called in the account: prefix and usual name, or a name of their own (as after a restore). */
final class TableNames {

    private final Map<Table, String> names = new EnumMap<>(Table.class);

    /**
     * @param prefix before every usual name, may be empty
     * @param own entries {@code TABLE=name}, where TABLE is a constant of {@link Table}; the prefix is not put before them
     * @throws IllegalArgumentException if an entry is malformed, or two tables would have one name
     */
    TableNames(String prefix, List<String> own) {
        Table.all().forEach(table -> names.put(table, prefix.strip() + table.tableName()));
        for (String entry : own) {
            if (entry.isBlank()) {
                continue;
            }
            int equals = entry.indexOf('=');
            if (equals < 1 || entry.substring(equals + 1).isBlank()) {
                throw new IllegalArgumentException("table.names: '" + entry + "' is not TABLE=name");
            }
            names.put(table(entry.substring(0, equals)), entry.substring(equals + 1).strip());
        }
        if (names.values().stream().distinct().count() < names.size()) {
            throw new IllegalArgumentException("table.names: two tables have one name: " + names);
        }
    }

    String of(Table table) {
        return names.get(table);
    }

    private static Table table(String name) {
        try {
            return Table.valueOf(name.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("table.names: there is no table " + name + ", only " + Table.all(), e);
        }
    }
}

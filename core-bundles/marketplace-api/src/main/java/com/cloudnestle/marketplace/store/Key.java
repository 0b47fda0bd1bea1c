package com.cloudnestle.marketplace.store;

import java.util.Objects;

/**
 * Where an item lives. Keys are UTF-8 and ordered bytewise within one partition.
 *
 * @param table the table
 * @param pk partition key, 1 to 2048 bytes (the DynamoDB limit, kept by every store)
 * @param sk sort key, 1 to 1024 bytes
 * @throws IllegalArgumentException if a part is empty, too long or no well-formed Unicode
 */
public record Key(Table table, String pk, String sk) {

    public static final int MAX_PK_BYTES = 2048;
    public static final int MAX_SK_BYTES = 1024;

    public Key {
        Objects.requireNonNull(table);
        check("pk", pk, MAX_PK_BYTES);
        check("sk", sk, MAX_SK_BYTES);
    }

    private static void check(String name, String value, int maxBytes) {
        int bytes = Utf8.length(name, value);
        if (bytes == 0 || bytes > maxBytes) {
            throw new IllegalArgumentException(name + " must have 1 to " + maxBytes + " bytes, had " + bytes);
        }
    }
}

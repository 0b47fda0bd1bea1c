package com.cloudnestle.marketplace.store.sqlite.internal;

import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A place in an index. The key is part of it, because the sort attribute need not be unique. */
record IndexCursor(String g1s, String pk, String sk) {

    static IndexCursor of(Item item) {
        return new IndexCursor(item.string(Item.G1_SORT).orElse(""), item.key().pk(), item.key().sk());
    }

    /** A place in the order of the keys. */
    static IndexCursor ofScan(Key key) {
        return new IndexCursor("scan", key.pk(), key.sk());
    }

    /** Reads what {@link #text} wrote. */
    static IndexCursor parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("the cursor is not one of this store");
        }
        return new IndexCursor(decode(parts[0]), decode(parts[1]), decode(parts[2]));
    }

    String text() {
        return encode(g1s) + "." + encode(pk) + "." + encode(sk);
    }

    private static String encode(String part) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(part.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String part) {
        if (part.isEmpty()) {
            throw new IllegalArgumentException("the cursor is not one of this store");
        }
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }
}

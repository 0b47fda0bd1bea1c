package com.cloudnestle.marketplace.store.sqlite.internal;

import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import org.jspecify.annotations.Nullable;

/**
 * A checked request for a page.
 *
 * @param partition the partition key, or the value of the index
 * @param after the sort key of the last item of the page before
 * @param limit rows to read: one more than the page holds, to know whether it is the last
 */
record Range(Table table, String partition, String prefix, @Nullable String after, int limit) {

    static Range of(Table table, String partition, String prefix, @Nullable String after, int limit) {
        if (limit < 1 || limit > Store.MAX_PAGE) {
            throw new IllegalArgumentException("limit must be 1 to " + Store.MAX_PAGE + ", was " + limit);
        }
        if (after != null && !after.startsWith(prefix)) {
            throw new IllegalArgumentException("the cursor does not belong to this query");
        }
        new Key(table, partition, prefix.isEmpty() ? "any" : prefix); // refuses what cannot be part of a key
        return new Range(table, partition, prefix, after, limit + 1);
    }

    /** The least text that is greater than all texts with the prefix, in the order of UTF-8; null if there is none. */
    static @Nullable String endOf(String prefix) {
        int length = prefix.length();
        while (length > 0) {
            int last = prefix.codePointBefore(length);
            length -= Character.charCount(last);
            if (last < Character.MAX_CODE_POINT) {
                // Code points order like their UTF-8; surrogates are no characters and have none.
                int next = last + 1 == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : last + 1;
                return prefix.substring(0, length) + Character.toString(next);
            }
        }
        return null;
    }
}

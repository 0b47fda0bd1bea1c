package com.cloudnestle.marketplace.quota.internal;

import com.cloudnestle.marketplace.store.Write;
import java.util.ArrayList;
import java.util.List;

/**
 * One conditional change of a counter, with what has to happen in the same transaction.
 *
 * @param writes the counter's own first
 * @param sequence the number that stands at this node in the item once the change was applied, and only then
 * @param after the item afterwards, unless others take units at the same time
 * @param exact whether its conditions rule that out
 */
record Change(List<Write> writes, long sequence, CounterItem after, boolean exact) {
    Change {
        writes = List.copyOf(writes);
    }

    /** The same with one more write. */
    Change with(Write write) {
        List<Write> more = new ArrayList<>(writes);
        more.add(write);
        return new Change(more, sequence, after, exact);
    }
}

package com.cloudnestle.marketplace.quota.internal;

import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Table;
import org.jspecify.annotations.Nullable;

/** Which counter; looked up with every decision, so it is made and compared without any text being built. */
final class CounterKey {

    private static final String PARTITION = "quota#";
    private static final String SORT = "meter#";

    final String subject;
    final String solution;
    final String action;
    private final int hash;

    CounterKey(String subject, String solution, String action) {
        this.subject = subject;
        this.solution = solution;
        this.action = action;
        this.hash = (subject.hashCode() * 31 + solution.hashCode()) * 31 + action.hashCode();
    }

    Key inStore() {
        return new Key(Table.USAGE, partition(subject, solution), SORT + action);
    }

    static String partition(String subject, String solution) {
        return PARTITION + subject + "#" + solution;
    }

    /** Sort keys of counters begin so. */
    static String sortPrefix() {
        return SORT;
    }

    /** The counter stored at this key; null if something else is. */
    static @Nullable CounterKey of(Key key) {
        if (!key.sk().startsWith(SORT) || !key.pk().startsWith(PARTITION)) {
            return null;
        }
        int mark = key.pk().lastIndexOf('#');
        return mark < PARTITION.length()
                ? null
                : new CounterKey(
                        key.pk().substring(PARTITION.length(), mark),
                        key.pk().substring(mark + 1),
                        key.sk().substring(SORT.length()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CounterKey that
                && subject.equals(that.subject)
                && solution.equals(that.solution)
                && action.equals(that.action);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}

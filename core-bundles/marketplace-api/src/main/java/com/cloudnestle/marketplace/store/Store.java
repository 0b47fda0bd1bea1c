package com.cloudnestle.marketplace.store;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The one database contract of the platform. Every method is thread-safe. Reads by key and queries are strong: they see
 * every write that was acknowledged before they began. A write is acknowledged only when it is durable.
 *
 * <p>Errors of every method: {@link IllegalArgumentException} for a malformed request (nothing was applied),
 * {@link StoreException.Unavailable} (nothing was applied), {@link StoreException.OutcomeUnknown} (writes only).
 *
 * <p>Left out on purpose, because no distributed table can keep it cheaply: scans, unique secondary indexes (make the
 * unique value a key instead), arithmetic in conditions, nested values, floating point, code run inside a transaction.
 */
@ProviderType
public interface Store {

    /** Largest number of writes in one transaction. */
    int MAX_TRANSACTION = 25;

    /** Largest page a query may ask for. */
    int MAX_PAGE = 1000;

    /** The item at the key, unless there is none or it has expired. */
    Optional<Item> get(Key key);

    /** Applies one write. {@link Write.Check} is refused here. */
    WriteResult write(Write write);

    /**
     * Applies all writes or none. Keys must differ.
     *
     * @param writes 1 to {@link #MAX_TRANSACTION}
     */
    TransactResult transact(List<Write> writes);

    /**
     * Items of one partition whose sort key starts with {@code prefix} (may be empty), in key order.
     *
     * @param limit 1 to {@link #MAX_PAGE}
     * @param cursor from the page before, or null for the first
     */
    Page query(Table table, String pk, String prefix, boolean reverse, int limit, @Nullable String cursor);

    /**
     * Items whose attribute {@link Item#G1} equals {@code g1} and whose {@link Item#G1_SORT} starts with
     * {@code prefix}, in the order of that attribute. Eventually consistent and not unique.
     *
     * @throws IllegalArgumentException if the table is not {@link Table#indexed()}
     */
    Page index(Table table, String g1, String prefix, int limit, @Nullable String cursor);

    /**
     * Whether other processes may write to the same data. If not, what was read through this store stays true until this
     * store is written to, which {@link #watch} tells.
     */
    boolean shared();

    /**
     * Tells of the writes to a table that are made through this store, so that copies in memory can be dropped. The
     * watcher is called on the writing thread, after the write took effect or may have (an unknown outcome), and before
     * the writing call returns. Expiry is not told.
     *
     * @return to be closed when no longer wanted
     */
    Registration watch(Table table, WriteWatcher watcher);

    /** Ends what it was returned for; closing twice is no error. */
    @FunctionalInterface
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    /** Writes the item whatever stands at its key. */
    default WriteResult put(Item item) {
        return write(new Write.Put(item, Condition.NONE));
    }

    default WriteResult put(Item item, Condition condition) {
        return write(new Write.Put(item, condition));
    }

    default WriteResult update(Key key, Update update, Condition condition) {
        return write(new Write.Change(key, update, condition));
    }

    default WriteResult delete(Key key, Condition condition) {
        return write(new Write.Delete(key, condition));
    }
}

package com.cloudnestle.marketplace.identity.internal.account;
import com.cloudnestle.marketplace.identity.Suspensions;
import com.cloudnestle.marketplace.identity.internal.RecentItems;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.StoreException;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Write;
import com.cloudnestle.marketplace.store.WriteWatcher;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The suspended accounts, one small item each in a partition of their own, all of them kept in memory: so whoever is not
 * suspended costs no read. What this node writes is seen at once; where other nodes write too, the partition is read again
 * while somebody asks.
 */
@Component(service = Suspensions.class)
public final class StoredSuspensions implements Suspensions {

    private static final Logger LOG = LoggerFactory.getLogger(StoredSuspensions.class);
    private static final String PARTITION = "suspended";
    /** From this age on one caller reads again, while the others still rely on what is there. */
    private static final Duration SOON = RecentItems.AGE.dividedBy(2);

    /** @param seen number of writes before it was read */
    private record View(Set<String> accountIds, long seen, long began) {}

    private final Store store;
    private final LongSupplier nanos;
    private final boolean ageing;
    private final AtomicLong writes = new AtomicLong();
    private final AtomicBoolean renewing = new AtomicBoolean();
    private final Store.Registration watching;
    private volatile View view = new View(Set.of(), -1, 0);

    @Activate
    public StoredSuspensions(@Reference Store store) {
        this(store, System::nanoTime);
    }

    /** @param nanos a clock for ages, as {@link System#nanoTime()} */
    public StoredSuspensions(Store store, LongSupplier nanos) {
        this.store = store;
        this.nanos = nanos;
        ageing = store.shared();
        watching = store.watch(Table.USERS, new WriteWatcher() {
            @Override
            public void written(Key key) {
                if (key.pk().equals(PARTITION)) {
                    writes.incrementAndGet();
                }
            }

            @Override
            public void everything() {
                writes.incrementAndGet();
            }
        });
    }

    @Deactivate
    public void close() {
        watching.close();
    }

    /** Part of the transaction that changes the account. */
    static Write put(String accountId) {
        return new Write.Put(new Item(key(accountId), Map.of()), Condition.NONE);
    }

    /** Part of the transaction that changes the account. */
    static Write delete(String accountId) {
        return new Write.Delete(key(accountId), Condition.NONE);
    }

    private static Key key(String accountId) {
        return new Key(Table.USERS, PARTITION, accountId);
    }

    @Override
    public boolean suspended(String customerId) {
        View present = view;
        if (present.seen != writes.get() || ageing && nanos.getAsLong() - present.began >= SOON.toNanos()) {
            present = renewed(present);
        }
        return !present.accountIds.isEmpty() && present.accountIds.contains(customerId);
    }

    private View renewed(View old) {
        boolean mayServe = old.seen == writes.get() && nanos.getAsLong() - old.began < RecentItems.AGE.toNanos();
        if (mayServe) {
            if (!renewing.compareAndSet(false, true)) {
                return old;
            }
            try {
                return read();
            } finally {
                renewing.set(false);
            }
        }
        return read();
    }

    private synchronized View read() {
        View present = view;
        long seen = writes.get();
        long began = nanos.getAsLong();
        if (present.seen == seen && (!ageing || began - present.began < SOON.toNanos())) {
            return present; // somebody else was faster
        }
        Set<String> found;
        try {
            found = all();
        } catch (StoreException e) {
            if (present.seen != seen) {
                throw e; // what this node did itself must not be overlooked
            }
            LOG.warn("event=suspensions_not_read next=later", e);
            found = present.accountIds;
        }
        view = new View(found, seen, began);
        return view;
    }

    private Set<String> all() {
        Set<String> found = new HashSet<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page page = store.query(Table.USERS, PARTITION, "", false, Store.MAX_PAGE, cursor.orElse(null));
            page.items().forEach(item -> found.add(item.key().sk()));
            cursor = page.cursor();
        } while (cursor.isPresent());
        return Set.copyOf(found);
    }
}

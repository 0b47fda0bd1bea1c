package com.cloudnestle.marketplace.identity.internal.key;

import com.cloudnestle.marketplace.identity.internal.Errands;
import com.cloudnestle.marketplace.identity.internal.RecentItems;
import com.cloudnestle.marketplace.identity.internal.Sha256;
import com.cloudnestle.marketplace.identity.internal.Stored;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Update;
import com.cloudnestle.marketplace.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Keys of people in the store, with those asked for lately in memory. Thread-safe. */
@Component(service = KeyItems.class)
public final class KeyItems {

    private static final int KEPT = 100_000;
    private static final int MAX_TRIES = 50;
    private static final Duration USE_EXACTNESS = Duration.ofHours(1);
    private static final Pattern ID = Pattern.compile(StoredKey.PREFIX + "[0-9a-f]{32}");
    private static final String CHANGES = "n";

    private record Pointer(String customerId, String keyId) {}

    private final Store store;
    private final InstantSource clock;
    private final Executor errands;
    private final RecentItems<Object> recent;
    /** Keys whose use is being written down. */
    private final Set<String> marking = ConcurrentHashMap.newKeySet();

    @Activate
    public KeyItems(@Reference Store store, @Reference InstantSource clock, @Reference Errands errands) {
        this(store, clock, errands, System::nanoTime);
    }

    public KeyItems(Store store, InstantSource clock, Executor errands, LongSupplier nanos) {
        this.store = store;
        this.clock = clock;
        this.errands = errands;
        recent = new RecentItems<>(store, Table.API_KEYS, KEPT, nanos, KeyItems::parse);
    }

    private static Object parse(Item item) {
        return item.key().pk().startsWith("user-secret#")
                ? new Pointer(Stored.text(item, "customerId"), Stored.text(item, "keyId"))
                : StoredKey.of(item);
    }

    @Deactivate
    public void close() {
        recent.close();
    }

    /** Also one that has ended, as long as it is remembered. */
    Optional<StoredKey> bySecret(String secret) {
        String hash = Sha256.hex(secret);
        return recent.get(StoredKey.secretKey(hash))
                .map(Pointer.class::cast)
                .flatMap(pointer -> recent.get(StoredKey.key(pointer.customerId, pointer.keyId)))
                .map(StoredKey.class::cast)
                .filter(found -> Sha256.same(found.secretHash(), hash));
    }

    /** Remembers that it is used, if that was last written an hour ago; later, by somebody else. */
    void used(StoredKey stored) {
        Instant now = Stored.now(clock);
        boolean lately = stored.info().usedAt().filter(used -> now.isBefore(used.plus(USE_EXACTNESS))).isPresent();
        if (lately || !marking.add(stored.info().id())) {
            return;
        }
        errands.execute(() -> {
            try {
                store.update(stored.key(), Update.builder().set(StoredKey.USED, now.toString()).build(), Condition.itemExists());
            } finally {
                marking.remove(stored.info().id());
            }
        });
    }

    Optional<StoredKey> find(String customerId, String keyId) {
        return ID.matcher(keyId).matches() && Stored.uuid(customerId).isPresent()
                ? store.get(StoredKey.key(customerId, keyId)).map(StoredKey::of)
                : Optional.empty();
    }

    List<StoredKey> ofCustomer(String customerId) {
        List<StoredKey> keys = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page page = store.query(Table.API_KEYS, StoredKey.partition(customerId), StoredKey.PREFIX, false, Store.MAX_PAGE,
                    cursor.orElse(null));
            page.items().forEach(item -> keys.add(StoredKey.of(item)));
            cursor = page.cursor();
        } while (cursor.isPresent());
        return keys;
    }

    /**
     * Changes a customer's keys, knowing all of them.
     *
     * @param change from the keys there are to what is written; may be called more than once, throws to refuse
     */
    void change(String customerId, Function<List<StoredKey>, List<Write>> change) {
        Key counter = new Key(Table.API_KEYS, StoredKey.partition(customerId), "changes");
        for (int i = 0; i < MAX_TRIES; i++) {
            long before = store.get(counter).map(item -> item.number(CHANGES, 0)).orElse(0L);
            List<Write> writes = new ArrayList<>(change.apply(ofCustomer(customerId)));
            writes.add(new Write.Change(counter, Update.builder().set(CHANGES, before + 1).build(),
                    before == 0 ? Condition.absent(CHANGES) : Condition.equal(CHANGES, before)));
            if (store.transact(writes).applied()) {
                return;
            }
        }
        throw Stored.contested();
    }

    /** What adds a key. */
    static List<Write> addition(StoredKey key) {
        return List.of(new Write.Put(key.item(), Condition.itemAbsent()), new Write.Put(key.pointer(), Condition.itemAbsent()));
    }

    /** What ends a key now. It stays in the list for a while. */
    static List<Write> revocation(StoredKey key, Instant now) {
        return List.of(new Write.Delete(StoredKey.secretKey(key.secretHash()), Condition.NONE),
                new Write.Change(key.key(), Update.builder()
                        .set(StoredKey.REVOKED, now.toString())
                        .set(Item.TTL, now.plus(StoredKey.REMEMBERED).getEpochSecond())
                        .build(), Condition.itemExists()));
    }

    /** What ends a key later. */
    static List<Write> expiry(StoredKey key, Instant end) {
        long ttl = end.plus(StoredKey.REMEMBERED).getEpochSecond();
        return List.of(
                new Write.Change(StoredKey.secretKey(key.secretHash()), Update.builder().set(Item.TTL, ttl).build(),
                        Condition.itemExists()),
                new Write.Change(key.key(), Update.builder().set(StoredKey.EXPIRES, end.toString()).set(Item.TTL, ttl).build(),
                        Condition.itemExists()));
    }

    void erase(StoredKey key) {
        store.transact(List.of(new Write.Delete(key.key(), Condition.NONE),
                new Write.Delete(StoredKey.secretKey(key.secretHash()), Condition.NONE)));
    }
}

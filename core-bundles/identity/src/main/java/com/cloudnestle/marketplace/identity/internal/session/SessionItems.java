package com.cloudnestle.marketplace.identity.internal.session;

import com.cloudnestle.marketplace.identity.internal.Errands;
import com.cloudnestle.marketplace.identity.internal.IdentityConfig;
import com.cloudnestle.marketplace.identity.internal.RandomSecret;
import com.cloudnestle.marketplace.identity.internal.RecentItems;
import com.cloudnestle.marketplace.identity.internal.Sha256;
import com.cloudnestle.marketplace.identity.internal.Stored;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
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
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Sessions in the store, with those asked for lately in memory. Thread-safe. */
@Component(service = SessionItems.class, configurationPid = "com.cloudnestle.marketplace.identity")
public final class SessionItems {

    private static final int KEPT = 100_000;
    private static final Duration USE_EXACTNESS = Duration.ofHours(1);
    private static final Pattern ID = Pattern.compile(StoredSession.PREFIX + "[0-9a-f]{32}");

    private record Pointer(String accountId, String sessionId) {}

    private final Store store;
    private final InstantSource clock;
    private final Executor errands;
    private final Duration idle;
    private final Duration longest;
    private final RecentItems<Object> recent;
    /** Sessions whose use is being written down. */
    private final Set<String> marking = ConcurrentHashMap.newKeySet();

    @Activate
    public SessionItems(@Reference Store store, @Reference InstantSource clock, @Reference Errands errands, IdentityConfig config) {
        this(store, clock, errands, List.of(days(config.session__idle__days()), days(config.session__days())), System::nanoTime);
    }

    /** @param ends after which time without use, and after which time in any case */
    public SessionItems(Store store, InstantSource clock, Executor errands, List<Duration> ends, LongSupplier nanos) {
        this.store = store;
        this.clock = clock;
        this.errands = errands;
        idle = ends.get(0);
        longest = ends.get(1);
        recent = new RecentItems<>(store, Table.SESSIONS, KEPT, nanos, SessionItems::parse);
    }

    private static Duration days(int days) {
        return Duration.ofDays(Math.max(1, Math.min(365, days)));
    }

    /** Both kinds of item share one memory: it is told of every write to the table only once. */
    private static Object parse(Item item) {
        return item.key().pk().startsWith("session#")
                ? new Pointer(Stored.text(item, "accountId"), Stored.text(item, "sessionId"))
                : StoredSession.of(item);
    }

    @Deactivate
    public void close() {
        recent.close();
    }

    Duration longest() {
        return longest;
    }

    Duration idle() {
        return idle;
    }

    /** The live session of a secret. No write, and no read if it was asked for lately. */
    Optional<StoredSession> bySecret(String secret) {
        if (!RandomSecret.wellFormed(secret)) {
            return Optional.empty();
        }
        String hash = Sha256.hex(secret);
        Instant now = clock.instant();
        return recent.get(StoredSession.secretKey(hash))
                .map(Pointer.class::cast)
                .flatMap(pointer -> recent.get(StoredSession.key(pointer.accountId, pointer.sessionId)))
                .map(StoredSession.class::cast)
                .filter(found -> Sha256.same(found.secretHash(), hash) && found.liveAt(now, idle));
    }

    /** Remembers that it is used, if that was last written an hour ago; later, by somebody else. */
    void used(StoredSession stored) {
        Instant now = Stored.now(clock);
        String id = stored.session().id();
        if (now.isBefore(stored.session().usedAt().plus(USE_EXACTNESS)) || !marking.add(id)) {
            return;
        }
        errands.execute(() -> {
            try {
                store.update(stored.key(), Update.builder()
                                .set(StoredSession.USED, now.toString())
                                .set(Item.TTL, StoredSession.ttl(now, stored.session().expiresAt(), idle))
                                .build(),
                        Condition.itemExists());
            } finally {
                marking.remove(id);
            }
        });
    }

    List<StoredSession> ofAccount(String accountId) {
        Instant now = clock.instant();
        List<StoredSession> sessions = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page page = store.query(Table.SESSIONS, StoredSession.partition(accountId), StoredSession.PREFIX, false,
                    Store.MAX_PAGE, cursor.orElse(null));
            page.items().stream().map(StoredSession::of).filter(found -> found.liveAt(now, idle)).forEach(sessions::add);
            cursor = page.cursor();
        } while (cursor.isPresent());
        return sessions;
    }

    /** @return whether the session was made; not if a condition of {@code others} failed */
    boolean add(StoredSession stored, List<Write> others) {
        List<Write> writes = new ArrayList<>(others);
        writes.add(new Write.Put(stored.item(idle), Condition.itemAbsent()));
        writes.add(new Write.Put(pointer(stored, stored.secretHash()), Condition.itemAbsent()));
        return store.transact(writes).applied();
    }

    /** @return the session with another secret; empty if it has ended or got another one meanwhile */
    Optional<StoredSession> replaceSecret(StoredSession stored, String secretHash, Instant provedAt) {
        boolean applied = store.transact(List.of(
                        new Write.Change(stored.key(), Update.builder()
                                .set(StoredSession.SECRET, secretHash)
                                .set(StoredSession.PROVED, provedAt.toString())
                                .build(), Condition.equal(StoredSession.SECRET, stored.secretHash())),
                        new Write.Delete(StoredSession.secretKey(stored.secretHash()), Condition.NONE),
                        new Write.Put(pointer(stored, secretHash), Condition.itemAbsent())))
                .applied();
        return applied ? store.get(stored.key()).map(StoredSession::of) : Optional.empty();
    }

    Optional<StoredSession> find(String accountId, String sessionId) {
        return ID.matcher(sessionId).matches() && Stored.uuid(accountId).isPresent()
                ? store.get(StoredSession.key(accountId, sessionId)).map(StoredSession::of)
                : Optional.empty();
    }

    /** The pointer alone leads nowhere, so one failed write cannot leave half a session that works. */
    void remove(StoredSession stored) {
        store.transact(List.of(new Write.Delete(stored.key(), Condition.NONE),
                new Write.Delete(StoredSession.secretKey(stored.secretHash()), Condition.NONE)));
    }

    private static Item pointer(StoredSession stored, String hash) {
        return StoredSession.pointer(hash, stored.session().accountId(), stored.session().id(), stored.session().expiresAt());
    }
}

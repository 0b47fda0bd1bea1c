package com.cloudnestle.marketplace.identity.internal.session;

import com.cloudnestle.marketplace.identity.internal.RandomSecret;
import com.cloudnestle.marketplace.identity.internal.Sha256;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Write;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Browsers in which somebody has signed in, by the hash of a secret in a cookie. Several people may share one. The secret
 * changes with every sign-in: one that somebody planted or copied is worth nothing after the next. Thread-safe.
 */
@Component(service = Devices.class)
public final class Devices {

    private static final Duration REMEMBERED = Duration.ofDays(365);
    private static final int MAX_PEOPLE = 8;

    private final Store store;
    private final InstantSource clock;

    @Activate
    public Devices(@Reference Store store, @Reference InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** The hash of the secret, if it is one; says nothing about whether anybody knows it. */
    static Optional<String> hash(String secret) {
        return Optional.of(secret).filter(RandomSecret::wellFormed).map(Sha256::hex);
    }

    boolean known(String hash, String accountId) {
        return store.get(key(hash, accountId)).isPresent();
    }

    /** What makes a browser known under another secret, for all who used it; part of the sign-in's transaction. */
    List<Write> renew(Optional<String> oldHash, String newSecret, String accountId) {
        String newHash = Sha256.hex(newSecret);
        long ttl = clock.instant().plus(REMEMBERED).getEpochSecond();
        List<Write> writes = new ArrayList<>();
        writes.add(new Write.Put(new Item(key(newHash, accountId), Map.of(Item.TTL, ttl)), Condition.NONE));
        oldHash.ifPresent(hash -> store.query(Table.SESSIONS, partition(hash), "", false, MAX_PEOPLE, null).items().forEach(item -> {
            writes.add(new Write.Delete(item.key(), Condition.NONE));
            if (!item.key().sk().equals(accountId)) {
                writes.add(new Write.Put(
                        new Item(key(newHash, item.key().sk()), Map.of(Item.TTL, item.number(Item.TTL, ttl))), Condition.NONE));
            }
        }));
        return writes;
    }

    private static Key key(String hash, String accountId) {
        return new Key(Table.SESSIONS, partition(hash), accountId);
    }

    private static String partition(String hash) {
        return "device#" + hash;
    }
}

package com.cloudnestle.marketplace.identity.internal.session;

import com.cloudnestle.marketplace.identity.SignIn.Method;
import com.cloudnestle.marketplace.identity.internal.RandomSecret;
import com.cloudnestle.marketplace.identity.internal.Sha256;
import com.cloudnestle.marketplace.identity.internal.Stored;
import com.cloudnestle.marketplace.identity.internal.account.StoredAccount;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Update;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Who has shown one of two factors, for ten minutes and five tries of the other. Thread-safe. */
@Component(service = Tickets.class)
public final class Tickets {

    private static final Duration VALID = Duration.ofMinutes(10);
    private static final int MAX_TRIES = 5;
    private static final String TRIES = "tries";

    /** @param epoch of the account when the first factor was right */
    record Ticket(Key key, String accountId, long epoch, Method method, Optional<String> deviceHash) {}

    record Issued(String secret, Instant expiresAt) {
        @Override
        public String toString() {
            return "Issued[]";
        }
    }

    private final Store store;
    private final InstantSource clock;

    @Activate
    public Tickets(@Reference Store store, @Reference InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    Issued issue(StoredAccount proved, Method method, Optional<String> deviceHash) {
        String secret = RandomSecret.next();
        Instant expires = Stored.now(clock).plus(VALID);
        Map<String, Object> attributes = new HashMap<>(Map.of("accountId", proved.id(), "epoch", proved.epoch(),
                "method", method.name(), TRIES, 0L, Item.TTL, expires.getEpochSecond()));
        deviceHash.ifPresent(hash -> attributes.put("device", hash));
        store.put(new Item(key(secret), attributes), Condition.itemAbsent());
        return new Issued(secret, expires);
    }

    Optional<Ticket> find(String secret) {
        return Optional.of(secret)
                .filter(RandomSecret::wellFormed)
                .flatMap(text -> store.get(key(text)))
                .filter(item -> item.number(TRIES, 0) < MAX_TRIES)
                .map(item -> new Ticket(item.key(), Stored.text(item, "accountId"), item.number("epoch", -1),
                        Method.valueOf(Stored.text(item, "method")), item.string("device")));
    }

    /** Counts a try before its outcome is known. False: there were too many, or it is over. */
    boolean mayTry(Ticket ticket) {
        return store.update(ticket.key(), Update.builder().add(TRIES, 1).build(),
                Condition.all(Condition.itemExists(), Condition.less(TRIES, MAX_TRIES))).applied();
    }

    /** Used up. False: somebody else was faster. */
    boolean end(Ticket ticket) {
        return store.delete(ticket.key(), Condition.itemExists()).applied();
    }

    private static Key key(String secret) {
        return new Key(Table.SESSIONS, "ticket#" + Sha256.hex(secret), "ticket");
    }
}

package com.cloudnestle.marketplace.identity.internal.session;

import com.cloudnestle.marketplace.identity.Client;
import com.cloudnestle.marketplace.identity.Sessions.Impersonator;
import com.cloudnestle.marketplace.identity.Sessions.Session;
import com.cloudnestle.marketplace.identity.SignIn.Method;
import com.cloudnestle.marketplace.identity.internal.Stored;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A session as it is kept: under its account, so that all of an account can be listed and ended exactly. A second item under
 * the hash of the secret leads here; it holds only while the hash here is the same.
 *
 * @param secretHash of the secret that is good now
 * @param network keyed hash of the address and the day
 */
record StoredSession(Session session, String secretHash, String network) {

    static final String PREFIX = "ses_";
    static final String SECRET = "secretHash";
    static final String USED = "usedAt";
    static final String PROVED = "provedAt";
    private static final String EXPIRES = "expiresAt";

    static String partition(String accountId) {
        return "account#" + accountId;
    }

    static Key key(String accountId, String sessionId) {
        return new Key(Table.SESSIONS, partition(accountId), sessionId);
    }

    static Key secretKey(String hash) {
        return new Key(Table.SESSIONS, "session#" + hash, "session");
    }

    Key key() {
        return key(session.accountId(), session.id());
    }

    Item item(Duration idle) {
        Map<String, Object> attributes = new HashMap<>(Map.of("accountId", session.accountId(), "method", session.method().name(),
                "createdAt", session.createdAt().toString(), PROVED, session.provedAt().toString(),
                USED, session.usedAt().toString(), EXPIRES, session.expiresAt().toString(), "device", session.device(),
                SECRET, secretHash, "network", network, Item.TTL, ttl(session.usedAt(), session.expiresAt(), idle)));
        session.place().ifPresent(place -> {
            attributes.put("country", place.country());
            attributes.put("city", place.city());
        });
        session.impersonator().ifPresent(admin -> {
            attributes.put("impersonatorId", admin.accountId());
            attributes.put("impersonatorReason", admin.reason());
        });
        return new Item(key(), attributes);
    }

    /** Epoch seconds from which on nobody reads it. */
    static long ttl(Instant used, Instant expires, Duration idle) {
        Instant idleEnd = used.plus(idle);
        return (idleEnd.isBefore(expires) ? idleEnd : expires).getEpochSecond() + 1;
    }

    /** What leads from a secret to the session. */
    static Item pointer(String hash, String accountId, String sessionId, Instant expires) {
        return new Item(secretKey(hash), Map.of("accountId", accountId, "sessionId", sessionId,
                Item.TTL, expires.getEpochSecond() + 1));
    }

    static StoredSession of(Item item) {
        Optional<Client.Place> place = item.string("country")
                .map(country -> new Client.Place(country, item.string("city").orElse("")));
        Optional<Impersonator> impersonator = item.string("impersonatorId")
                .map(admin -> new Impersonator(admin, Stored.text(item, "impersonatorReason")));
        Session session = new Session(item.key().sk(), Stored.text(item, "accountId"), Method.valueOf(Stored.text(item, "method")),
                Stored.instant(item, "createdAt"), Stored.instant(item, PROVED), Stored.instant(item, USED),
                Stored.instant(item, EXPIRES), Stored.text(item, "device"), place, impersonator);
        return new StoredSession(session, Stored.text(item, SECRET), Stored.text(item, "network"));
    }

    boolean liveAt(Instant now, Duration idle) {
        return now.isBefore(session.expiresAt()) && now.isBefore(session.usedAt().plus(idle));
    }

    @Override
    public String toString() {
        return "StoredSession[" + session.id() + "]";
    }
}

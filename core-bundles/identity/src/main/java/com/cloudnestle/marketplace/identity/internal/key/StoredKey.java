package com.cloudnestle.marketplace.identity.internal.key;

import com.cloudnestle.marketplace.identity.UserKeys.KeyInfo;
import com.cloudnestle.marketplace.identity.internal.Stored;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A key as it is kept: under its customer. A second item under the hash of the secret leads here. */
record StoredKey(KeyInfo info, String secretHash) {

    static final String PREFIX = "key_";
    static final String USED = "usedAt";
    static final String REVOKED = "revokedAt";
    static final String EXPIRES = "expiresAt";
    /** How long one that ended is shown. */
    static final Duration REMEMBERED = Duration.ofDays(30);

    static String partition(String customerId) {
        return "customer#" + customerId;
    }

    static Key key(String customerId, String keyId) {
        return new Key(Table.API_KEYS, partition(customerId), keyId);
    }

    static Key secretKey(String hash) {
        return new Key(Table.API_KEYS, "user-secret#" + hash, "key");
    }

    Key key() {
        return key(info.customerId(), info.id());
    }

    Item item() {
        Map<String, Object> attributes = new HashMap<>(Map.of("customerId", info.customerId(), "solution_id", info.solutionId(),
                "name", info.name(), "hint", info.hint(), "actions", String.join(",", new TreeSet<>(info.actions())),
                "createdAt", info.createdAt().toString(), "secretHash", secretHash));
        info.expiresAt().ifPresent(end -> {
            attributes.put(EXPIRES, end.toString());
            attributes.put(Item.TTL, end.plus(REMEMBERED).getEpochSecond());
        });
        return new Item(key(), attributes);
    }

    /** What leads from the secret to the key. */
    Item pointer() {
        Map<String, Object> attributes = new HashMap<>(Map.of("customerId", info.customerId(), "keyId", info.id()));
        info.expiresAt().ifPresent(end -> attributes.put(Item.TTL, end.plus(REMEMBERED).getEpochSecond()));
        return new Item(secretKey(secretHash), attributes);
    }

    static StoredKey of(Item item) {
        String actions = Stored.text(item, "actions");
        Set<String> allowed = actions.isEmpty() ? Set.of() : Set.copyOf(Arrays.asList(actions.split(",")));
        KeyInfo info = new KeyInfo(item.key().sk(), Stored.text(item, "customerId"), Stored.text(item, "solution_id"),
                Stored.text(item, "name"), Stored.text(item, "hint"), allowed, Stored.instant(item, "createdAt"),
                item.string(EXPIRES).map(Instant::parse), item.string(USED).map(Instant::parse),
                item.string(REVOKED).map(Instant::parse));
        return new StoredKey(info, Stored.text(item, "secretHash"));
    }

    boolean expiredAt(Instant now) {
        return info.expiresAt().filter(end -> !now.isBefore(end)).isPresent();
    }

    boolean liveAt(Instant now) {
        return info.revokedAt().isEmpty() && !expiredAt(now);
    }

    @Override
    public String toString() {
        return "StoredKey[" + info.id() + "]";
    }
}

package com.cloudnestle.marketplace.identity.internal;

import com.cloudnestle.marketplace.audit.AuditLog;
import com.cloudnestle.marketplace.platform.FirstStartNotices;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.WriteResult;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out, once per start, which admin key holds. */
final class AdminKey {

    /** Environment variable that sets the admin key of this run; what the store knows is left alone. */
    static final String VARIABLE = "MARKETPLACE_ADMIN_KEY";

    private static final Logger LOG = LoggerFactory.getLogger(AdminKey.class);
    private static final Key KEY = new Key(Table.API_KEYS, "admin", "key");
    private static final String HASH = "hash";
    private static final String NOTICE = "admin-key";
    // What fits into an Authorization header as it is; a line end from a secret file is found here, not by a 401.
    private static final Pattern GIVEN = Pattern.compile("[\\x21-\\x7e]{32,512}");

    private final Store store;
    private final FirstStartNotices notices;
    private final AuditLog audit;
    private final InstantSource clock;
    /** Hash of the key that the notice tells, if this process made it. */
    private String told = "";

    AdminKey(Store store, FirstStartNotices notices, AuditLog audit, InstantSource clock) {
        this.store = store;
        this.notices = notices;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * The hash of the admin key. May be asked again after the store failed, whatever became of the write.
     *
     * @param given the content of {@link #VARIABLE}, if it is set; empty counts as not set
     * @return empty if what was given is not acceptable: then nobody is admin in this run
     */
    Optional<String> hash(Optional<String> given) {
        if (given.filter(text -> !text.isEmpty()).isPresent()) {
            return hashOf(given.get());
        }
        Optional<String> stored = store.get(KEY).flatMap(item -> item.string(HASH));
        if (stored.isEmpty()) {
            return Optional.of(generate());
        }
        if (!told.isEmpty() && !told.equals(stored.get())) {
            tellOfOther();
        }
        return stored;
    }

    private static Optional<String> hashOf(String given) {
        if (!GIVEN.matcher(given).matches()) {
            LOG.error("{} refused, there is no admin key in this run: it must have 32 to 512 visible ASCII characters"
                    + " and no spaces, length={}", VARIABLE, given.length());
            return Optional.empty();
        }
        LOG.info("admin key taken source={}", VARIABLE);
        return Optional.of(Sha256.hex(given));
    }

    /**
     * The notice is left before the hash is stored. A crash in between leaves a notice of a key that never held, and the
     * next start replaces it; the other way round the operator would be locked out.
     */
    private String generate() {
        String key = "adm_" + RandomSecret.next();
        String hash = Sha256.hex(key);
        notices.post(NOTICE, notice(key));
        told = hash;
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Item item = new Item(KEY, Map.of(HASH, hash, "createdAt", now.toString()));
        WriteResult stored = store.put(item, Condition.absent(HASH));
        if (!stored.applied()) {
            tellOfOther();
            return stored.item().flatMap(other -> other.string(HASH)).orElseThrow();
        }
        audit.append("system", "key.issued", "admin", Map.of("source", "first start"));
        return hash;
    }

    private void tellOfOther() {
        notices.post(NOTICE, "Another node of this marketplace has made the admin key; it was shown there.");
    }

    private static String notice(String key) {
        return """
                Admin key of this marketplace, shown only once:

                    %s

                Admin calls carry it as "Authorization: Bearer <key>". Only its hash is kept. If it is lost, start
                with the environment variable %s set to a key of your own.
                """.formatted(key, VARIABLE);
    }
}

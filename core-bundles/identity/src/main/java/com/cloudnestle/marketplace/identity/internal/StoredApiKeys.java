package com.cloudnestle.marketplace.identity.internal;

import com.cloudnestle.marketplace.audit.AuditLog;
import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.ApiKeys;
import com.cloudnestle.marketplace.platform.FirstStartNotices;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.StoreAtStart;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Write;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys by their hash. A solution's key is two items that come and go in one transaction: one under the hash, for
 * authentication with one read, and one under the solution, for listing.
 */
@Component(immediate = true)
public final class StoredApiKeys implements ApiKeys {

    private static final Logger LOG = LoggerFactory.getLogger(StoredApiKeys.class);
    private static final int MAX_KEY = 512;
    private static final int MAX_NAME = 60;
    private static final String PREFIX = "key_";
    private static final Pattern ID = Pattern.compile(PREFIX + "[0-9a-f]{32}");
    /** Compared with when there is no admin key; no text has this hash, as far as anybody knows. */
    private static final String NOBODY = "0".repeat(64);

    private final Store store;
    private final CatalogService catalog;
    private final AuditLog audit;
    private final InstantSource clock;
    private final String adminHash;

    @Activate
    public StoredApiKeys(
            @Reference Store store,
            @Reference CatalogService catalog,
            @Reference AuditLog audit,
            @Reference FirstStartNotices notices,
            @Reference InstantSource clock) {
        this(store, catalog, audit, clock, adminHash(new AdminKey(store, notices, audit, clock)));
    }

    private static Optional<String> adminHash(AdminKey key) {
        return StoreAtStart.ask(() -> key.hash(Optional.ofNullable(System.getenv(AdminKey.VARIABLE))));
    }

    StoredApiKeys(
            Store store, CatalogService catalog, AuditLog audit, InstantSource clock, Optional<String> adminHash) {
        this.store = store;
        this.catalog = catalog;
        this.audit = audit;
        this.clock = clock;
        this.adminHash = adminHash.orElse(NOBODY);
    }

    @Override
    public Optional<KeyOwner> authenticate(String key) {
        if (key.isEmpty() || key.length() > MAX_KEY) {
            return Optional.empty();
        }
        String hash = Sha256.hex(key);
        if (Sha256.same(hash, adminHash)) {
            return Optional.of(new KeyOwner.Admin());
        }
        if (!SolutionSecret.wellFormed(key)) {
            return Optional.empty();
        }
        return store.get(secretKey(hash)).map(item ->
                new KeyOwner.SolutionKey(text(item, "keyId"), text(item, "solution_id")));
    }

    @Override
    public IssuedKey issueSolutionKey(String solutionId, String name, String actor) {
        String id = catalog.require(solutionId).id();
        checkName(name);
        String secret = SolutionSecret.next(id);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        KeyInfo info = new KeyInfo(PREFIX + UUID.randomUUID().toString().replace("-", ""), id, name, now);
        String hash = Sha256.hex(secret);
        Item bySecret = new Item(secretKey(hash), Map.of("keyId", info.id(), "solution_id", id));
        Item byOwner = new Item(ownerKey(id, info.id()), Map.of(
                "keyId", info.id(), "solution_id", id, "name", name, "createdAt", now.toString(), "hash", hash));
        boolean applied = store.transact(List.of(
                        new Write.Put(bySecret, Condition.itemAbsent()), new Write.Put(byOwner, Condition.itemAbsent())))
                .applied();
        if (!applied) {
            throw new IllegalStateException("a fresh random key already exists");
        }
        audit.append(actor, "key.issued", id, Map.of("key", info.id(), "name", name));
        LOG.info("solution key made solutionId={} keyId={}", id, info.id());
        return new IssuedKey(info, secret);
    }

    @Override
    public List<KeyInfo> solutionKeys(String solutionId) {
        List<KeyInfo> keys = new ArrayList<>();
        catalog.find(solutionId).ifPresent(solution -> {
            Optional<String> cursor = Optional.empty();
            do {
                Page page = store.query(Table.API_KEYS, "solution#" + solution.id(), PREFIX, false, Store.MAX_PAGE,
                        cursor.orElse(null));
                page.items().forEach(item -> keys.add(info(item)));
                cursor = page.cursor();
            } while (cursor.isPresent());
        });
        keys.sort(Comparator.comparing(KeyInfo::createdAt).thenComparing(KeyInfo::id));
        return List.copyOf(keys);
    }

    @Override
    public void revokeSolutionKey(String solutionId, String keyId, String actor) {
        String id = catalog.find(solutionId).orElseThrow(StoredApiKeys::notFound).id();
        if (!ID.matcher(keyId).matches()) {
            throw notFound();
        }
        Item byOwner = store.get(ownerKey(id, keyId)).orElseThrow(StoredApiKeys::notFound);
        boolean applied = store.transact(List.of(
                        new Write.Delete(byOwner.key(), Condition.itemExists()),
                        new Write.Delete(secretKey(text(byOwner, "hash")), Condition.NONE)))
                .applied();
        if (!applied) {
            throw notFound(); // somebody else was faster
        }
        audit.append(actor, "key.revoked", id, Map.of("key", keyId));
        LOG.info("solution key revoked solutionId={} keyId={}", id, keyId);
    }

    private static void checkName(String name) {
        if (name.isBlank() || name.length() > MAX_NAME || name.chars().anyMatch(Character::isISOControl)
                || !StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
            throw MarketplaceException.invalid("name", "must have 1 to 60 characters and no control characters");
        }
    }

    private static KeyInfo info(Item item) {
        return new KeyInfo(text(item, "keyId"), text(item, "solution_id"), text(item, "name"),
                Instant.parse(text(item, "createdAt")));
    }

    private static String text(Item item, String attribute) {
        return item.string(attribute)
                .orElseThrow(() -> new IllegalStateException("an API key item lacks " + attribute));
    }

    private static MarketplaceException notFound() {
        return new MarketplaceException(Problem.NOT_FOUND, "There is no such key.");
    }

    private static Key secretKey(String hash) {
        return new Key(Table.API_KEYS, "secret#" + hash, "key");
    }

    private static Key ownerKey(String solutionId, String keyId) {
        return new Key(Table.API_KEYS, "solution#" + solutionId, keyId);
    }
}

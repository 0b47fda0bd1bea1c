package com.cloudnestle.marketplace.testing;

import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.ApiKeys;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** API keys in memory; the admin key is the one given to the constructor. Thread-safe. */
public final class InMemoryApiKeys implements ApiKeys {

    private final Map<String, KeyInfo> bySecret = new LinkedHashMap<>();
    private final CatalogService catalog;
    private final InstantSource clock;
    private final String adminKey;

    public InMemoryApiKeys(CatalogService catalog, InstantSource clock, String adminKey) {
        this.catalog = catalog;
        this.clock = clock;
        this.adminKey = adminKey;
    }

    @Override
    public synchronized Optional<KeyOwner> authenticate(String key) {
        if (key.equals(adminKey)) {
            return Optional.of(new KeyOwner.Admin());
        }
        return Optional.ofNullable(bySecret.get(key)).map(info -> new KeyOwner.SolutionKey(info.id(), info.solutionId()));
    }

    @Override
    public synchronized IssuedKey issueSolutionKey(String solutionId, String name, String actor) {
        String id = catalog.require(solutionId).id();
        if (name.isBlank() || name.length() > 60 || name.chars().anyMatch(Character::isISOControl)) {
            throw MarketplaceException.invalid("name", "must have 1 to 60 characters and no control characters");
        }
        String random = UUID.randomUUID().toString().replace("-", "");
        KeyInfo info = new KeyInfo("key_" + random.substring(0, 24), id, name, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        String secret = "sk_" + id + "_" + UUID.randomUUID().toString().replace("-", "");
        bySecret.put(secret, info);
        return new IssuedKey(info, secret);
    }

    @Override
    public synchronized List<KeyInfo> solutionKeys(String solutionId) {
        return catalog.find(solutionId).stream()
                .flatMap(found -> bySecret.values().stream().filter(info -> info.solutionId().equals(found.id())))
                .toList();
    }

    @Override
    public synchronized void revokeSolutionKey(String solutionId, String keyId, String actor) {
        List<KeyInfo> keys = solutionKeys(solutionId);
        if (keys.stream().noneMatch(info -> info.id().equals(keyId))) {
            throw new MarketplaceException(Problem.NOT_FOUND, "There is no such key.");
        }
        bySecret.values().removeIf(info -> info.id().equals(keyId));
    }
}

package com.cloudnestle.marketplace.testing;

import com.cloudnestle.marketplace.entitlement.EntitlementService;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.UserKeys;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** API keys of people in memory. Actions are taken as they come; the secret has no real checksum. Thread-safe. */
public final class InMemoryUserKeys implements UserKeys {

    private static final int MAX_LIVE = 20;

    private final Map<String, KeyInfo> bySecret = new LinkedHashMap<>();
    private final EntitlementService entitlements;
    private final InstantSource clock;

    public InMemoryUserKeys(EntitlementService entitlements, InstantSource clock) {
        this.entitlements = entitlements;
        this.clock = clock;
    }

    @Override
    public synchronized KeyHolder authenticate(String key) {
        KeyInfo info = bySecret.get(key);
        if (info == null || info.revokedAt().isPresent()) {
            throw new MarketplaceException(Problem.CREDENTIALS_INVALID, "This API key is unknown or was revoked.");
        }
        if (!live(info)) {
            throw new MarketplaceException(Problem.CREDENTIALS_INVALID, "This API key has expired.");
        }
        bySecret.put(key, copy(info, info.expiresAt(), Optional.of(now()), info.revokedAt()));
        return new KeyHolder(info.id(), info.customerId(), info.solutionId(), info.actions());
    }

    @Override
    public synchronized IssuedKey issue(
            String customerId, String solutionId, String name, Set<String> actions, Optional<Instant> expiresAt) {
        String id = entitlements.find(customerId, solutionId)
                .orElseThrow(() -> new MarketplaceException(Problem.ENTITLEMENT_UNKNOWN, "The customer has no access."))
                .solutionId();
        if (name.isBlank() || name.length() > 60 || name.chars().anyMatch(Character::isISOControl)) {
            throw MarketplaceException.invalid("name", "must have 1 to 60 characters and no control characters");
        }
        if (expiresAt.filter(end -> !end.isAfter(now())).isPresent()) {
            throw MarketplaceException.invalid("expires_at", "must lie in the future");
        }
        requireRoom(customerId, id, MAX_LIVE);
        return add(customerId, id, name, actions, expiresAt);
    }

    @Override
    public synchronized List<KeyInfo> ofCustomer(String customerId) {
        return bySecret.values().stream()
                .filter(info -> info.customerId().equals(customerId))
                .sorted(Comparator.comparing(KeyInfo::createdAt).thenComparing(KeyInfo::id).reversed())
                .toList();
    }

    @Override
    public synchronized IssuedKey rotate(String customerId, String keyId, Duration grace) {
        if (grace.isNegative() || grace.compareTo(Duration.ofDays(30)) > 0) {
            throw MarketplaceException.invalid("grace_days", "must be 0 to 30");
        }
        KeyInfo old = find(customerId, keyId);
        if (!live(old)) {
            throw new MarketplaceException(Problem.CONFLICT, "The key has ended already.");
        }
        requireRoom(customerId, old.solutionId(), MAX_LIVE + 1);
        IssuedKey issued = add(customerId, old.solutionId(), old.name(), old.actions(), old.expiresAt());
        Instant end = now().plus(grace);
        replace(grace.isZero()
                ? copy(old, old.expiresAt(), old.usedAt(), Optional.of(now()))
                : copy(old, Optional.of(old.expiresAt().filter(end::isAfter).orElse(end)), old.usedAt(), Optional.empty()));
        return issued;
    }

    @Override
    public synchronized void revoke(String customerId, String keyId, String actor) {
        KeyInfo info = find(customerId, keyId);
        if (info.revokedAt().isEmpty()) {
            replace(copy(info, info.expiresAt(), info.usedAt(), Optional.of(now())));
        }
    }

    private IssuedKey add(String customerId, String solutionId, String name, Set<String> actions, Optional<Instant> expiresAt) {
        String random = (UUID.randomUUID().toString() + UUID.randomUUID()).replace("-", "");
        String secret = PREFIX + random.substring(0, 38);
        String hint = secret.substring(0, 8) + "…" + secret.substring(secret.length() - 4);
        KeyInfo info = new KeyInfo("key_" + UUID.randomUUID().toString().replace("-", ""), customerId, solutionId, name, hint,
                Set.copyOf(actions), now(), expiresAt, Optional.empty(), Optional.empty());
        bySecret.put(secret, info);
        return new IssuedKey(info, secret);
    }

    private void requireRoom(String customerId, String solutionId, int room) {
        long live = ofCustomer(customerId).stream().filter(info -> info.solutionId().equals(solutionId) && live(info)).count();
        if (live >= room) {
            throw new MarketplaceException(Problem.CONFLICT, "There are 20 keys for this solution.");
        }
    }

    private KeyInfo find(String customerId, String keyId) {
        return ofCustomer(customerId).stream().filter(info -> info.id().equals(keyId)).findFirst()
                .orElseThrow(() -> new MarketplaceException(Problem.NOT_FOUND, "There is no such key."));
    }

    private boolean live(KeyInfo info) {
        return info.revokedAt().isEmpty() && info.expiresAt().filter(end -> !now().isBefore(end)).isEmpty();
    }

    private void replace(KeyInfo next) {
        bySecret.replaceAll((secret, info) -> info.id().equals(next.id()) ? next : info);
    }

    private static KeyInfo copy(KeyInfo info, Optional<Instant> expires, Optional<Instant> used, Optional<Instant> revoked) {
        return new KeyInfo(info.id(), info.customerId(), info.solutionId(), info.name(), info.hint(), info.actions(),
                info.createdAt(), expires, used, revoked);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}

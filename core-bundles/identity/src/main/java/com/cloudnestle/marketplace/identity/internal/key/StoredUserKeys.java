package com.cloudnestle.marketplace.identity.internal.key;
import com.cloudnestle.marketplace.audit.AuditLog;
import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.entitlement.EntitlementService;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.PersonalData;
import com.cloudnestle.marketplace.identity.PersonalJson;
import com.cloudnestle.marketplace.identity.Suspensions;
import com.cloudnestle.marketplace.identity.UserKeys;
import com.cloudnestle.marketplace.identity.internal.Sha256;
import com.cloudnestle.marketplace.identity.internal.Stored;
import com.cloudnestle.marketplace.store.Write;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keys of people in the store. */
@Component(service = {UserKeys.class, PersonalData.class})
public final class StoredUserKeys implements UserKeys, PersonalData {

    private static final Logger LOG = LoggerFactory.getLogger(StoredUserKeys.class);
    private static final int MAX_LIVE = 20;
    private static final int MAX_NAME = 60;
    private static final Duration MAX_GRACE = Duration.ofDays(30);

    private final KeyItems items;
    private final EntitlementService entitlements;
    private final CatalogService catalog;
    private final Suspensions suspensions;
    private final AuditLog audit;
    private final InstantSource clock;

    @Activate
    public StoredUserKeys(@Reference KeyItems items, @Reference EntitlementService entitlements,
            @Reference CatalogService catalog, @Reference Suspensions suspensions, @Reference AuditLog audit,
            @Reference InstantSource clock) {
        this.items = items;
        this.entitlements = entitlements;
        this.catalog = catalog;
        this.suspensions = suspensions;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public KeyHolder authenticate(String key) {
        if (!UserSecret.wellFormed(key)) {
            throw invalid("This is not an API key; it may have been cut off.");
        }
        StoredKey stored = items.bySecret(key)
                .filter(found -> found.info().revokedAt().isEmpty())
                .orElseThrow(() -> invalid("This API key is unknown or was revoked."));
        if (stored.expiredAt(clock.instant())) {
            throw invalid("This API key has expired.");
        }
        if (suspensions.suspended(stored.info().customerId())) {
            throw new MarketplaceException(Problem.ENTITLEMENT_SUSPENDED, "The account is suspended.");
        }
        items.used(stored);
        KeyInfo info = stored.info();
        return new KeyHolder(info.id(), info.customerId(), info.solutionId(), info.actions());
    }

    @Override
    public IssuedKey issue(String customerId, String solutionId, String name, Set<String> actions, Optional<Instant> expiresAt) {
        String id = entitlements.find(customerId, solutionId)
                .orElseThrow(() -> new MarketplaceException(
                        Problem.ENTITLEMENT_UNKNOWN, "The customer has no access to this solution."))
                .solutionId();
        Instant now = Stored.now(clock);
        KeyInfo draft = new KeyInfo(newId(), customerId, id, checkedName(name), "", checkedActions(id, actions), now,
                expiresAt.map(end -> checkedExpiry(end, now)), Optional.empty(), Optional.empty());
        IssuedKey issued = made(draft);
        StoredKey stored = new StoredKey(issued.info(), Sha256.hex(issued.secret()));
        items.change(customerId, keys -> {
            requireRoom(keys, id, MAX_LIVE, now);
            return KeyItems.addition(stored);
        });
        recorded("key.issued", issued.info(), customerId, Map.of("name", issued.info().name()));
        return issued;
    }

    @Override
    public List<KeyInfo> ofCustomer(String customerId) {
        return items.ofCustomer(customerId).stream()
                .map(StoredKey::info)
                .sorted(Comparator.comparing(KeyInfo::createdAt).thenComparing(KeyInfo::id).reversed())
                .toList();
    }

    @Override
    public IssuedKey rotate(String customerId, String keyId, Duration grace) {
        if (grace.isNegative() || grace.compareTo(MAX_GRACE) > 0) {
            throw MarketplaceException.invalid("grace_days", "must be 0 to 30");
        }
        Instant now = Stored.now(clock);
        KeyInfo old = items.find(customerId, keyId).orElseThrow(StoredUserKeys::notFound).info();
        IssuedKey issued = made(new KeyInfo(newId(), customerId, old.solutionId(), old.name(), "", old.actions(), now,
                old.expiresAt(), Optional.empty(), Optional.empty()));
        StoredKey stored = new StoredKey(issued.info(), Sha256.hex(issued.secret()));
        items.change(customerId, keys -> {
            StoredKey present = keys.stream().filter(key -> key.info().id().equals(keyId)).findFirst()
                    .orElseThrow(StoredUserKeys::notFound);
            if (!present.liveAt(now)) {
                throw conflict("The key has ended already; make a new one.");
            }
            // One more than may be made, so that the last one can be rotated too.
            requireRoom(keys, old.solutionId(), MAX_LIVE + 1, now);
            List<Write> writes = new ArrayList<>(KeyItems.addition(stored));
            writes.addAll(grace.isZero()
                    ? KeyItems.revocation(present, now)
                    : KeyItems.expiry(present, end(present, now.plus(grace))));
            return writes;
        });
        recorded("key.rotated", issued.info(), customerId, Map.of("from", keyId, "grace", grace.toString()));
        return issued;
    }

    /** Grace shortens a life; it never makes one longer. */
    private static Instant end(StoredKey key, Instant graceEnd) {
        return key.info().expiresAt().filter(end -> end.isBefore(graceEnd)).orElse(graceEnd);
    }

    @Override
    public void revoke(String customerId, String keyId, String actor) {
        StoredKey key = items.find(customerId, keyId).orElseThrow(StoredUserKeys::notFound);
        if (key.info().revokedAt().isPresent()) {
            return;
        }
        items.change(customerId, keys -> KeyItems.revocation(key, Stored.now(clock)));
        recorded("key.revoked", key.info(), actor, Map.of());
    }

    @Override
    public String name() {
        return "api_keys";
    }

    @Override
    public String export(String customerId) {
        return PersonalJson.array(ofCustomer(customerId).stream().map(info -> {
            PersonalJson json = new PersonalJson()
                    .text("id", info.id())
                    .text("solution_id", info.solutionId())
                    .text("name", info.name())
                    .text("hint", info.hint())
                    .texts("actions", info.actions().stream().sorted().toList())
                    .text("created_at", info.createdAt().toString());
            info.expiresAt().ifPresent(at -> json.text("expires_at", at.toString()));
            info.usedAt().ifPresent(at -> json.text("used_at", at.toString()));
            info.revokedAt().ifPresent(at -> json.text("revoked_at", at.toString()));
            return json.toString();
        }).toList());
    }

    @Override
    public void erase(String customerId, String actor) {
        items.ofCustomer(customerId).forEach(items::erase);
    }

    private static IssuedKey made(KeyInfo draft) {
        String secret = UserSecret.next();
        KeyInfo info = new KeyInfo(draft.id(), draft.customerId(), draft.solutionId(), draft.name(), UserSecret.hint(secret),
                draft.actions(), draft.createdAt(), draft.expiresAt(), draft.usedAt(), draft.revokedAt());
        return new IssuedKey(info, secret);
    }

    private void recorded(String event, KeyInfo info, String actor, Map<String, String> more) {
        Map<String, String> details = new HashMap<>(more);
        details.put("key", info.id());
        details.put("solution", info.solutionId());
        audit.append(actor, event, info.customerId(), details);
        LOG.info("event={} key={} solution={}", event.replace('.', '_'), info.id(), info.solutionId());
    }

    private static void requireRoom(List<StoredKey> keys, String solutionId, int room, Instant now) {
        long live = keys.stream().filter(key -> key.info().solutionId().equals(solutionId) && key.liveAt(now)).count();
        if (live >= room) {
            throw conflict("There are " + MAX_LIVE + " keys for this solution; revoke one first.");
        }
    }

    private static String newId() {
        return StoredKey.PREFIX + UUID.randomUUID().toString().replace("-", "");
    }

    private static String checkedName(String name) {
        if (name.isBlank() || name.length() > MAX_NAME || name.chars().anyMatch(Character::isISOControl)
                || !StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
            throw MarketplaceException.invalid("name", "must have 1 to 60 characters and no control characters");
        }
        return name;
    }

    private Set<String> checkedActions(String solutionId, Set<String> actions) {
        CatalogEntry solution = catalog.require(solutionId);
        if (!actions.stream().allMatch(solution::hasAction)) {
            throw MarketplaceException.invalid("actions", "must be meters of the solution");
        }
        return Set.copyOf(actions);
    }

    private static Instant checkedExpiry(Instant end, Instant now) {
        if (!end.isAfter(now)) {
            throw MarketplaceException.invalid("expires_at", "must lie in the future");
        }
        return end;
    }

    private static MarketplaceException invalid(String detail) {
        return new MarketplaceException(Problem.CREDENTIALS_INVALID, detail);
    }

    private static MarketplaceException conflict(String detail) {
        return new MarketplaceException(Problem.CONFLICT, detail);
    }

    private static MarketplaceException notFound() {
        return new MarketplaceException(Problem.NOT_FOUND, "There is no such key.");
    }
}

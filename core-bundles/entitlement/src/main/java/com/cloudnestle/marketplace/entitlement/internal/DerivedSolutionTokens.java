package com.cloudnestle.marketplace.entitlement.internal;
import com.cloudnestle.marketplace.audit.AuditLog;
import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.entitlement.SolutionTokens;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.identity.Suspensions;
import com.cloudnestle.marketplace.platform.ServerSecrets;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Derives tokens from the server's secret and keeps their hashes. Every change is one transaction over the entitlement's
 * item, which names the current token, and the tokens concerned; whoever loses a race looks again and decides anew.
 */
@Component
public final class DerivedSolutionTokens implements SolutionTokens {

    private static final Logger LOG = LoggerFactory.getLogger(DerivedSolutionTokens.class);
    private static final Duration MAX_GRACE = Duration.ofDays(30);
    private static final Duration REFRESHABLE = Duration.ofDays(30);
    /** Older tokens of one place that work by grace; keeps the entitlement's item small. */
    private static final int MAX_OLDER = 20;

    private final Store store;
    private final CatalogService catalog;
    private final ServerSecrets secrets;
    private final AuditLog audit;
    private final InstantSource clock;
    private final LegacyEntitlements legacy;
    private final Suspensions suspensions;
    private final ItemCache<TokenHash, TokenItem> known;

    @Activate
    public DerivedSolutionTokens(
            @Reference CacheSettings settings,
            @Reference CatalogService catalog,
            @Reference ServerSecrets secrets,
            @Reference AuditLog audit,
            @Reference InstantSource clock,
            @Reference LegacyEntitlements legacy,
            @Reference Suspensions suspensions) {
        this.store = settings.store();
        this.catalog = catalog;
        this.secrets = secrets;
        this.audit = audit;
        this.clock = clock;
        this.legacy = legacy;
        this.suspensions = suspensions;
        this.known = new ItemCache<>(settings, Table.TOKENS, TokenItem::hash, this::read);
    }

    @Deactivate
    void stop() {
        known.close();
    }

    @Override
    public IssuedToken issue(String customerId, String solutionId, String actor) {
        IssuedToken issued = Races.untilWon(() -> {
            TokenPlace place = place(customerId, solutionId).orElseThrow(StoredEntitlements::unknown);
            Optional<TokenItem> current = current(place);
            return current.filter(token -> token.state(now()) == TokenState.ACTIVE)
                    .flatMap(token -> again(place, token))
                    .or(() -> makeNext(place, afterIssue(current, now())));
        });
        if (issued.newlyMade()) {
            record("token.issued", actor, issued.holder(), Map.of());
        }
        return issued;
    }

    @Override
    public Optional<IssuedToken> show(String customerId, String solutionId) {
        return place(customerId, solutionId).flatMap(place -> current(place)
                .filter(token -> token.state(now()) == TokenState.ACTIVE)
                .flatMap(token -> again(place, token)));
    }

    @Override
    public TokenHolder authenticate(String token) {
        TokenHash hash = TokenHash.presented(token).orElseThrow(DerivedSolutionTokens::unknown);
        TokenItem kept = known.get(hash).or(() -> upgraded(hash)).orElseThrow(DerivedSolutionTokens::unknown);
        TokenHolder holder = kept.permanent() ? kept.holder() : requireLive(kept).holder();
        if (suspensions.suspended(holder.customerId())) {
            throw new MarketplaceException(Problem.ENTITLEMENT_SUSPENDED, "The account is suspended.");
        }
        return holder;
    }

    @Override
    public IssuedToken rotate(String customerId, String solutionId, Duration grace, String actor) {
        if (grace.isNegative() || grace.compareTo(MAX_GRACE) > 0) {
            throw MarketplaceException.invalid("grace", "must be 0 to 30 days");
        }
        IssuedToken issued = Races.untilWon(() -> {
            TokenPlace place = place(customerId, solutionId).orElseThrow(StoredEntitlements::unknown);
            Instant now = now();
            if (!grace.isZero() && place.working(now) >= MAX_OLDER) {
                throw MarketplaceException.invalid("grace", "must be 0: " + MAX_OLDER + " older tokens still work");
            }
            return makeNext(place, afterRotation(current(place), grace, now));
        });
        record("token.rotated", actor, issued.holder(), Map.of("grace", grace.toString()));
        return issued;
    }

    @Override
    public IssuedToken refresh(String token) {
        return Races.untilWon(() -> tryRefresh(token));
    }

    private Optional<IssuedToken> tryRefresh(String token) {
        TokenItem kept = known(token);
        Instant now = now();
        Optional<Instant> expiresAt = kept.holder().expiresAt();
        boolean late = expiresAt.filter(end -> end.plus(REFRESHABLE).isBefore(now)).isPresent();
        if (!kept.status().equals(TokenItem.ACTIVE) || expiresAt.isEmpty() || late) {
            return Optional.of(new IssuedToken(token, requireLive(kept).holder(), false));
        }
        Instant end = now.plus(Duration.ofDays(lifetime(kept.holder().solutionId()).orElse(
                kept.lifetimeDays().orElseThrow())));
        if (!end.isAfter(expiresAt.get())) {
            return Optional.of(new IssuedToken(token, kept.holder(), false));
        }
        if (!store.write(kept.becomes(TokenItem.ACTIVE, now, end)).applied()) {
            return Optional.empty();
        }
        LOG.info("token refreshed tokenId={} expiresAt={}", kept.holder().tokenId(), end);
        return Optional.of(new IssuedToken(token, known(token).holder(), false));
    }

    @Override
    public void revoke(String token, String actor) {
        Optional<TokenItem> ended = Races.untilWon(() -> {
            TokenItem kept = known(token);
            if (!kept.endable(now())) {
                return Optional.of(Optional.<TokenItem>empty());
            }
            boolean applied = store.write(kept.becomes(TokenItem.REVOKED, now())).applied();
            return applied ? Optional.of(Optional.of(kept)) : Optional.empty();
        });
        ended.ifPresent(kept -> record("token.revoked", actor, kept.holder(), Map.of()));
    }

    @Override
    public void revokeAll(String customerId, String solutionId, String actor) {
        List<TokenItem> ended;
        do {
            ended = Races.untilWon(() -> tryRevokeSome(customerId, solutionId));
            ended.forEach(kept -> record("token.revoked", actor, kept.holder(), Map.of()));
        } while (!ended.isEmpty());
    }

    /** As many as one transaction can end; none when there is nothing left to end. */
    private Optional<List<TokenItem>> tryRevokeSome(String customerId, String solutionId) {
        Optional<TokenPlace> place = place(customerId, solutionId);
        if (place.isEmpty()) {
            return Optional.of(List.of());
        }
        Instant now = now();
        List<TokenItem> working = place.get().hashes().stream()
                .flatMap(hash -> store.get(TokenItem.key(hash)).stream())
                .map(TokenItem::read)
                .filter(kept -> kept.endable(now))
                .limit(Store.MAX_TRANSACTION)
                .toList();
        if (working.isEmpty()) {
            return Optional.of(working);
        }
        List<Write> writes = working.stream().map(kept -> kept.becomes(TokenItem.REVOKED, now)).toList();
        return store.transact(writes).applied() ? Optional.of(working) : Optional.empty();
    }

    @Override
    public Optional<TokenRecord> inspect(String token) {
        return find(token).map(kept -> new TokenRecord(kept.holder(), kept.state(now())));
    }

    /** The current token once more; empty if it can no longer be derived. */
    private Optional<IssuedToken> again(TokenPlace place, TokenItem kept) {
        TokenPlace.Generation current = place.generation().orElseThrow();
        if (!current.derived()) {
            return Optional.empty();
        }
        SolutionToken token = derive(place, current, kept.lifetimeDays());
        if (!token.hash().equals(kept.hash())) {
            LOG.warn("token cannot be shown again, making a new one beside it: the server secret is not the one it was"
                    + " made with tokenId={}", kept.holder().tokenId());
            return Optional.empty();
        }
        return Optional.of(new IssuedToken(token.text(), kept.holder(), false));
    }

    /**
     * What becomes of the present token when a new one is made.
     *
     * @param write its change, if any
     * @param goesOn how long it works on, if it does
     */
    private record Fate(Optional<Write> write, Optional<TokenPlace.Older> goesOn) {

        static final Fate NOTHING = new Fate(Optional.empty(), Optional.empty());

        static Fate ends(Write write) {
            return new Fate(Optional.of(write), Optional.empty());
        }
    }

    /** An expired token may not come back beside the new one; one that works but cannot be derived works on. */
    private static Fate afterIssue(Optional<TokenItem> current, Instant now) {
        if (current.isEmpty() || !current.get().status().equals(TokenItem.ACTIVE)) {
            return Fate.NOTHING;
        }
        TokenItem kept = current.get();
        if (kept.state(now) == TokenState.EXPIRED) {
            return Fate.ends(kept.becomes(TokenItem.REPLACED, now));
        }
        return new Fate(Optional.empty(),
                Optional.of(new TokenPlace.Older(kept.hash(), kept.holder().expiresAt().orElse(Instant.MAX))));
    }

    private static Fate afterRotation(Optional<TokenItem> current, Duration grace, Instant now) {
        if (current.isEmpty() || !current.get().status().equals(TokenItem.ACTIVE)) {
            return Fate.NOTHING;
        }
        TokenItem kept = current.get();
        if (kept.state(now) == TokenState.EXPIRED) {
            return Fate.ends(kept.becomes(TokenItem.REPLACED, now));
        }
        if (grace.isZero()) {
            return Fate.ends(kept.becomes(TokenItem.REVOKED, now));
        }
        Instant end = kept.holder().expiresAt().filter(now.plus(grace)::isAfter).orElse(now.plus(grace));
        return new Fate(Optional.of(kept.becomes(TokenItem.GRACE, now, end)),
                Optional.of(new TokenPlace.Older(kept.hash(), end)));
    }

    /** Makes the next token; empty if somebody else changed something first. */
    private Optional<IssuedToken> makeNext(TokenPlace place, Fate fate) {
        Instant now = now();
        OptionalInt days = lifetime(place.entitlement().solutionId());
        TokenPlace.Generation next = place.next();
        SolutionToken token = derive(place, next, days);
        TokenItem made = TokenItem.made(token, place.entitlement(), now, days);
        List<Write> writes = new ArrayList<>();
        writes.add(place.moveTo(next.hashed(made.hash()), fate.goesOn(), now, MAX_OLDER));
        writes.add(new Write.Put(made.item(), Condition.itemAbsent()));
        fate.write().ifPresent(writes::add);
        return store.transact(writes).applied()
                ? Optional.of(new IssuedToken(token.text(), made.holder(), true))
                : Optional.empty();
    }

    private SolutionToken derive(TokenPlace place, TokenPlace.Generation generation, OptionalInt lifetimeDays) {
        return SolutionToken.derive(secrets, place.entitlement().customerId(), place.entitlement().solutionId(),
                generation, lifetimeDays.isPresent());
    }

    private Optional<TokenPlace> place(String customerId, String solutionId) {
        return EntitlementItem.partition(customerId)
                .flatMap(partition -> catalog.find(solutionId).flatMap(solution -> {
                    Key key = EntitlementItem.key(partition, solution.id());
                    return legacy.present(customerId, solution, key);
                }))
                .map(TokenPlace::read);
    }

    private Optional<TokenItem> current(TokenPlace place) {
        return place.generation().flatMap(current -> store.get(TokenItem.key(current.hash()))).map(TokenItem::read);
    }

    private OptionalInt lifetime(String solutionId) {
        Optional<Integer> days = catalog.find(solutionId).flatMap(solution -> solution.descriptor().tokenLifetimeDays());
        return days.isPresent() ? OptionalInt.of(days.get()) : OptionalInt.empty();
    }

    /** Read from the store, not from memory: what is changed next must be seen as it is. */
    private Optional<TokenItem> find(String token) {
        return TokenHash.presented(token).flatMap(hash -> read(hash).or(() -> upgraded(hash)));
    }

    /** A token of older software, after its entitlement was brought into the present form. */
    private Optional<TokenItem> upgraded(TokenHash hash) {
        return legacy.upgradeByToken(hash) ? read(hash) : Optional.empty();
    }

    private Optional<TokenItem> read(TokenHash hash) {
        return store.get(TokenItem.key(hash.hex())).map(TokenItem::read);
    }

    private TokenItem known(String token) {
        return find(token).orElseThrow(DerivedSolutionTokens::unknown);
    }

    private static MarketplaceException unknown() {
        return new MarketplaceException(Problem.TOKEN_UNKNOWN, "The solution token is not known.");
    }

    private TokenItem requireLive(TokenItem kept) {
        TokenState state = kept.state(now());
        if (state == TokenState.REVOKED) {
            throw new MarketplaceException(Problem.TOKEN_REVOKED, "The solution token was revoked.");
        }
        if (state == TokenState.EXPIRED) {
            throw new MarketplaceException(Problem.TOKEN_EXPIRED, "The solution token has expired.");
        }
        return kept;
    }

    private void record(String event, String actor, TokenHolder holder, Map<String, String> more) {
        Map<String, String> details = new HashMap<>(more);
        details.put("solution", holder.solutionId());
        details.put("token", holder.tokenId());
        audit.append(actor, event, holder.customerId(), details);
        LOG.info("{} tokenId={} customerId={} solutionId={}", event, holder.tokenId(), holder.customerId(),
                holder.solutionId());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}

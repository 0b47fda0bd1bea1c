package com.cloudnestle.marketplace.testing;

import com.cloudnestle.marketplace.audit.AuditLog;
import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.entitlement.EntitlementService;
import com.cloudnestle.marketplace.entitlement.SolutionTokens;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Solution tokens in memory: random instead of derived, otherwise as the contract says. Thread-safe. */
public final class InMemoryTokens implements SolutionTokens {

    private static final Duration MAX_GRACE = Duration.ofDays(30);
    private static final Duration REFRESHABLE = Duration.ofDays(30);

    /** One token; {@code replaced} means it can no longer become the current one again. */
    private static final class Kept {
        private final String token;
        private TokenHolder holder;
        private boolean revoked;
        private boolean replaced;
        private boolean inGrace;

        private Kept(String token, TokenHolder holder) {
            this.token = token;
            this.holder = holder;
        }

        private void expireAt(Instant instant) {
            holder = new TokenHolder(holder.tokenId(), holder.customerId(), holder.email(), holder.solutionId(),
                    holder.issuedAt(), Optional.of(instant));
        }
    }

    private final Map<String, Kept> tokens = new LinkedHashMap<>();
    private final CatalogService catalog;
    private final EntitlementService entitlements;
    private final AuditLog audit;
    private final InstantSource clock;

    public InMemoryTokens(
            CatalogService catalog, EntitlementService entitlements, AuditLog audit, InstantSource clock) {
        this.catalog = catalog;
        this.entitlements = entitlements;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public synchronized IssuedToken issue(String customerId, String solutionId, String actor) {
        Entitlement entitlement = entitlement(customerId, solutionId);
        Optional<Kept> present = current(entitlement);
        if (present.filter(kept -> state(kept) == TokenState.ACTIVE).isPresent()) {
            return issued(present.get(), false);
        }
        present.ifPresent(kept -> kept.replaced = true);
        return issued(made(entitlement, "token.issued", actor), true);
    }

    @Override
    public synchronized Optional<IssuedToken> show(String customerId, String solutionId) {
        return entitlements.find(customerId, solutionId)
                .flatMap(this::current)
                .filter(kept -> state(kept) == TokenState.ACTIVE)
                .map(kept -> issued(kept, false));
    }

    @Override
    public synchronized TokenHolder authenticate(String token) {
        return live(known(token)).holder;
    }

    @Override
    public synchronized IssuedToken rotate(String customerId, String solutionId, Duration grace, String actor) {
        if (grace.isNegative() || grace.compareTo(MAX_GRACE) > 0) {
            throw MarketplaceException.invalid("grace", "must be 0 to 30 days");
        }
        Entitlement entitlement = entitlement(customerId, solutionId);
        current(entitlement).ifPresent(kept -> {
            boolean works = state(kept) == TokenState.ACTIVE;
            kept.replaced = true;
            kept.inGrace = works;
            Instant end = now().plus(grace);
            if (works && grace.isZero()) {
                kept.revoked = true;
            } else if (works && kept.holder.expiresAt().filter(end::isAfter).isEmpty()) {
                kept.expireAt(end);
            }
        });
        return issued(made(entitlement, "token.rotated", actor), true);
    }

    @Override
    public synchronized IssuedToken refresh(String token) {
        Kept kept = known(token);
        Optional<Integer> days = catalog.require(kept.holder.solutionId()).descriptor().tokenLifetimeDays();
        Optional<Instant> expiry = kept.holder.expiresAt();
        boolean late = expiry.filter(end -> end.plus(REFRESHABLE).isBefore(now())).isPresent();
        if (kept.revoked || kept.replaced || late || expiry.isEmpty()) {
            return issued(live(kept), false);
        }
        Instant end = now().plus(Duration.ofDays(days.orElse(1)));
        kept.expireAt(end.isAfter(expiry.get()) ? end : expiry.get());
        return issued(kept, false);
    }

    @Override
    public synchronized void revoke(String token, String actor) {
        end(known(token), actor);
    }

    @Override
    public synchronized void revokeAll(String customerId, String solutionId, String actor) {
        Optional<Entitlement> entitlement = entitlements.find(customerId, solutionId);
        tokens.values().stream()
                .filter(kept -> entitlement.filter(e -> belongs(kept, e)).isPresent())
                .forEach(kept -> end(kept, actor));
    }

    @Override
    public synchronized Optional<TokenRecord> inspect(String token) {
        return Optional.ofNullable(tokens.get(token)).map(kept -> new TokenRecord(kept.holder, state(kept)));
    }

    private Entitlement entitlement(String customerId, String solutionId) {
        return entitlements.find(customerId, solutionId).orElseThrow(InMemoryEntitlements::unknownEntitlement);
    }

    private Optional<Kept> current(Entitlement entitlement) {
        return tokens.values().stream().filter(kept -> !kept.replaced && belongs(kept, entitlement)).findFirst();
    }

    private static boolean belongs(Kept kept, Entitlement entitlement) {
        return kept.holder.customerId().equals(entitlement.customerId())
                && kept.holder.solutionId().equals(entitlement.solutionId());
    }

    private Kept made(Entitlement entitlement, String event, String actor) {
        Instant now = now();
        Optional<Instant> expiry = catalog.require(entitlement.solutionId()).descriptor().tokenLifetimeDays()
                .map(days -> now.plus(Duration.ofDays(days)));
        String random = UUID.randomUUID().toString().replace("-", "");
        Kept kept = new Kept((expiry.isEmpty() ? "tok_permanent_" : "tok_timed_") + random,
                new TokenHolder("tok_" + Hashes.sha256(random).substring(0, 24), entitlement.customerId(),
                        entitlement.email(), entitlement.solutionId(), now, expiry));
        tokens.put(kept.token, kept);
        record(kept, event, actor);
        return kept;
    }

    private void end(Kept kept, String actor) {
        boolean refreshable = !kept.replaced && !kept.revoked;
        if (refreshable || state(kept) == TokenState.GRACE) {
            kept.revoked = true;
            record(kept, "token.revoked", actor);
        }
    }

    private void record(Kept kept, String event, String actor) {
        audit.append(actor, event, kept.holder.customerId(),
                Map.of("solution", kept.holder.solutionId(), "token", kept.holder.tokenId()));
    }

    private Kept known(String token) {
        Kept kept = tokens.get(token);
        if (kept == null) {
            throw new MarketplaceException(Problem.TOKEN_UNKNOWN, "The solution token is not known.");
        }
        return kept;
    }

    private Kept live(Kept kept) {
        TokenState state = state(kept);
        if (state == TokenState.REVOKED) {
            throw new MarketplaceException(Problem.TOKEN_REVOKED, "The solution token was revoked.");
        }
        if (state == TokenState.EXPIRED) {
            throw new MarketplaceException(Problem.TOKEN_EXPIRED, "The solution token has expired.");
        }
        return kept;
    }

    private TokenState state(Kept kept) {
        if (kept.revoked) {
            return TokenState.REVOKED;
        }
        boolean expired = kept.holder.expiresAt().filter(end -> !now().isBefore(end)).isPresent();
        if (expired || kept.replaced && !kept.inGrace) {
            return TokenState.EXPIRED;
        }
        return kept.replaced ? TokenState.GRACE : TokenState.ACTIVE;
    }

    private IssuedToken issued(Kept kept, boolean newlyMade) {
        return new IssuedToken(kept.token, kept.holder, newlyMade);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}

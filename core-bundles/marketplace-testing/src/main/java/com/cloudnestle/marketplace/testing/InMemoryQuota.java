package com.cloudnestle.marketplace.testing;

import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.catalog.Limit;
import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.catalog.Tiers;
import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.entitlement.EntitlementService;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.quota.AccessRequest;
import com.cloudnestle.marketplace.quota.Decision;
import com.cloudnestle.marketplace.quota.Decision.Allowed;
import com.cloudnestle.marketplace.quota.Decision.Denied;
import com.cloudnestle.marketplace.quota.DenialReason;
import com.cloudnestle.marketplace.quota.Hold;
import com.cloudnestle.marketplace.quota.QuotaService;
import com.cloudnestle.marketplace.quota.QuotaState;
import com.cloudnestle.marketplace.quota.QuotaState.WindowState;
import com.cloudnestle.marketplace.quota.Reservation;
import com.cloudnestle.marketplace.quota.Subject;
import com.cloudnestle.marketplace.quota.UsageHistory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A quota service that counts in memory, for tests of those who ask for decisions. Every call takes one lock; usage history is
 * kept per UTC day. Refusal texts are shorter than the platform's own.
 */
public final class InMemoryQuota implements QuotaService, UsageHistory {

    private final CatalogService catalog;
    private final EntitlementService entitlements;
    private final InstantSource clock;
    private final Map<String, Long> used = new HashMap<>();
    private final Map<String, AccessRequest> keys = new HashMap<>();
    private final Map<String, Long> history = new TreeMap<>();
    private final Map<String, InMemoryHold> holds = new HashMap<>();

    public InMemoryQuota(CatalogService catalog, EntitlementService entitlements, InstantSource clock) {
        this.catalog = catalog;
        this.entitlements = entitlements;
        this.clock = clock;
    }

    private record Plan(CatalogEntry entry, String tier, List<Limit> limits, Instant since) {}

    private record Taken(AccessRequest request, List<String> counters, String historyRow, Optional<String> key)
            implements Decision.Receipt {}

    @Override
    public synchronized Decision decide(AccessRequest request) {
        CatalogEntry entry = catalog.require(request.solutionId());
        if (!entry.available()) {
            throw new MarketplaceException(Problem.SOLUTION_UNAVAILABLE, entry.id() + " is not running");
        }
        Plan plan = plan(request.subject(), entry, request.action(), true);
        Optional<String> key = request.idempotencyKey().map(k -> request.subject().key() + "|" + entry.id() + "|" + k);
        AccessRequest earlier = key.map(keys::get).orElse(null);
        if (earlier != null && (earlier.units() != request.units() || !earlier.action().equals(request.action()))) {
            throw new MarketplaceException(Problem.IDEMPOTENCY_KEY_REUSED, "this key was used for another request");
        }
        QuotaState before = stateOf(request.subject(), plan, request.action());
        if (earlier != null) {
            return new Allowed(before, Optional.empty(), true);
        }
        Optional<Denied> denied = denied(request, plan, before);
        if (denied.isPresent()) {
            return denied.get();
        }
        if (request.checkOnly()) {
            return new Allowed(before, Optional.empty(), false);
        }
        List<String> counters = plan.limits.stream().map(l -> counter(request.subject(), plan, l)).toList();
        counters.forEach(counter -> used.merge(counter, request.units(), Long::sum));
        key.ifPresent(k -> keys.put(k, request));
        String row = request.subject().key() + "|" + LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC) + "|" + entry.id() + "|"
                + request.action();
        history.merge(row, request.units(), Long::sum);
        return new Allowed(
                stateOf(request.subject(), plan, request.action()),
                Optional.of(new Taken(request, counters, row, key)),
                false);
    }

    private Optional<Denied> denied(AccessRequest request, Plan plan, QuotaState state) {
        boolean visitor = request.subject() instanceof Subject.Visitor;
        Optional<String> url = visitor
                ? Optional.of("/register?solution_id=" + plan.entry.id())
                : plan.entry.tierAbove(plan.tier).map(above -> "/upgrade?solution_id=" + plan.entry.id());
        if (plan.limits.isEmpty()) {
            DenialReason reason = visitor ? DenialReason.REGISTRATION_REQUIRED : DenialReason.NOT_IN_TIER;
            return Optional.of(new Denied(reason, state, "Not part of the " + plan.tier + " tier.", url));
        }
        return state.windows().stream()
                .filter(w -> !w.unlimited() && w.remaining() < request.units())
                .findFirst()
                .map(w -> new Denied(reason(w.window()), state, "Nothing left of " + w.limit() + ".", url));
    }

    private static DenialReason reason(String window) {
        return switch (window) {
            case "lifetime" -> DenialReason.LIFETIME_LIMIT;
            case "day" -> DenialReason.DAILY_LIMIT;
            case "month" -> DenialReason.MONTHLY_LIMIT;
            default -> DenialReason.PERIOD_LIMIT;
        };
    }

    private Plan plan(Subject subject, CatalogEntry entry, String action, boolean forUse) {
        if (!entry.hasAction(action)) {
            throw new MarketplaceException(Problem.ACTION_UNKNOWN, "no such action");
        }
        if (subject instanceof Subject.Visitor) {
            return new Plan(entry, Tiers.ANONYMOUS, limits(entry, Tiers.ANONYMOUS, action), Instant.EPOCH);
        }
        Entitlement entitlement = entitlements.find(subject.key(), entry.id())
                .orElseThrow(() -> new MarketplaceException(Problem.ENTITLEMENT_UNKNOWN, "no access to " + entry.id()));
        if (forUse && !entitlement.active()) {
            throw new MarketplaceException(Problem.ENTITLEMENT_SUSPENDED, "suspended");
        }
        return new Plan(entry, entitlement.tier(), limits(entry, entitlement.tier(), action), entitlement.since());
    }

    private static List<Limit> limits(CatalogEntry entry, String tier, String action) {
        return entry.tier(tier).map((TierPlan plan) -> plan.limits(action)).orElse(List.of());
    }

    private String counter(Subject subject, Plan plan, Limit limit) {
        return subject.key() + "|" + plan.entry.id() + "|" + limit.action() + "|" + plan.tier + "|" + plan.since + "|"
                + limit.window().name() + "|" + limit.window().start(clock.instant(), plan.since);
    }

    private QuotaState stateOf(Subject subject, Plan plan, String action) {
        List<WindowState> windows = plan.limits.stream()
                .map(limit -> new WindowState(
                        limit.window().name(),
                        limit.amount(),
                        used.getOrDefault(counter(subject, plan, limit), 0L),
                        limit.window().end(clock.instant(), plan.since)))
                .toList();
        return new QuotaState(plan.entry.id(), action, plan.tier, windows, Optional.empty());
    }

    @Override
    public synchronized void giveBack(Decision.Receipt receipt) {
        Taken taken = (Taken) receipt;
        taken.counters.forEach(counter -> used.merge(counter, -taken.request.units(), Long::sum));
        history.merge(taken.historyRow, -taken.request.units(), Long::sum);
        taken.key.ifPresent(keys::remove);
    }

    @Override
    public synchronized Reservation reserve(AccessRequest request, Duration lifetime) {
        if (request.checkOnly() || request.idempotencyKey().isPresent()) {
            throw MarketplaceException.invalid("request", "may neither be a check nor have an idempotency key");
        }
        if (lifetime.compareTo(Duration.ofSeconds(1)) < 0 || lifetime.compareTo(Duration.ofHours(24)) > 0) {
            throw MarketplaceException.invalid("lifetime", "must be 1 second to 24 hours");
        }
        Decision decision = decide(request);
        if (!(decision instanceof Allowed allowed)) {
            return new Reservation(decision, Optional.empty());
        }
        Instant end = clock.instant().plus(lifetime);
        InMemoryHold hold = new InMemoryHold("hold_" + end.getEpochSecond() + "_" + holds.size(), end, request, allowed);
        holds.put(hold.id(), hold);
        return new Reservation(decision, Optional.of(hold));
    }

    @Override
    public synchronized Optional<Hold> hold(String id) {
        return Optional.ofNullable(holds.get(id)).filter(InMemoryHold::lasts).map(Hold.class::cast);
    }

    /** Expires when somebody looks at it. */
    private final class InMemoryHold implements Hold {
        private final String id;
        private final Instant expiresAt;
        private final AccessRequest request;
        private final Allowed taken;
        private boolean ended;
        private @Nullable Long settledWith;

        InMemoryHold(String id, Instant expiresAt, AccessRequest request, Allowed taken) {
            this.id = id;
            this.expiresAt = expiresAt;
            this.request = request;
            this.taken = taken;
        }

        boolean lasts() {
            if (!ended && !clock.instant().isBefore(expiresAt)) {
                release();
            }
            return !ended;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public long units() {
            return request.units();
        }

        @Override
        public Instant expiresAt() {
            return expiresAt;
        }

        @Override
        public Decision settle(long used) {
            synchronized (InMemoryQuota.this) {
                if (used < 0 || used > AccessRequest.MAX_UNITS) {
                    throw MarketplaceException.invalid("used", "must be 0 to " + AccessRequest.MAX_UNITS);
                }
                if (!lasts() && (settledWith == null || settledWith != used)) {
                    throw new MarketplaceException(Problem.HOLD_ENDED, "The hold " + id + " has ended.");
                }
                if (settledWith == null) {
                    giveBack(taken.receipt().orElseThrow());
                    Decision again = used == 0 ? taken : decide(request.withUnits(used));
                    if (again instanceof Denied) {
                        decide(request); // as it was: nobody came between
                        return again;
                    }
                    settledWith = used;
                    ended = true;
                }
                return new Allowed(state(request.subject(), request.solutionId(), request.action()), Optional.empty(), false);
            }
        }

        @Override
        public void release() {
            synchronized (InMemoryQuota.this) {
                if (!ended) {
                    ended = true;
                    giveBack(taken.receipt().orElseThrow());
                }
            }
        }
    }

    @Override
    public synchronized QuotaState state(Subject subject, String solutionId, String action) {
        return stateOf(subject, plan(subject, catalog.require(solutionId), action, false), action);
    }

    @Override
    public synchronized List<QuotaState> states(Subject subject, String solutionId) {
        return catalog.require(solutionId).descriptor().meters().stream()
                .map(meter -> state(subject, solutionId, meter.action()))
                .toList();
    }

    @Override
    public synchronized List<QuotaState> reset(Subject subject, String solutionId, String actor) {
        states(subject, solutionId);
        used.keySet().removeIf(k -> k.startsWith(subject.key() + "|" + catalog.require(solutionId).id() + "|"));
        return states(subject, solutionId);
    }

    @Override
    public synchronized UsagePage usage(
            Subject subject, LocalDate from, LocalDate to, @Nullable String solutionId, int limit, @Nullable String cursor) {
        List<DailyUsage> rows = history.entrySet().stream()
                .map(e -> Map.entry(e.getKey().split("\\|"), e.getValue()))
                .filter(e -> e.getKey()[0].equals(subject.key()) && e.getValue() > 0)
                .map(e -> new DailyUsage(LocalDate.parse(e.getKey()[1]), e.getKey()[2], e.getKey()[3], e.getValue()))
                .filter(r -> !r.day().isBefore(from) && !r.day().isAfter(to))
                .filter(r -> solutionId == null || r.solutionId().equals(solutionId))
                .toList();
        int start = cursor == null ? 0 : Integer.parseInt(cursor);
        int end = Math.min(rows.size(), start + limit);
        return new UsagePage(rows.subList(start, end), end < rows.size() ? Optional.of("" + end) : Optional.empty());
    }
}

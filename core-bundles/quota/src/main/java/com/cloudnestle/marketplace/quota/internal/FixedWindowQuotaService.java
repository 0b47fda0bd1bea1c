package com.cloudnestle.marketplace.quota.internal;

import com.cloudnestle.marketplace.audit.AuditLog;
import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.catalog.Meter;
import com.cloudnestle.marketplace.entitlement.EntitlementService;
import com.cloudnestle.marketplace.quota.AccessRequest;
import com.cloudnestle.marketplace.quota.Decision;
import com.cloudnestle.marketplace.quota.Decision.Allowed;
import com.cloudnestle.marketplace.quota.Decision.Receipt;
import com.cloudnestle.marketplace.quota.QuotaService;
import com.cloudnestle.marketplace.quota.QuotaState;
import com.cloudnestle.marketplace.quota.Subject;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.StoreException;
import com.cloudnestle.marketplace.store.TransactResult;
import com.cloudnestle.marketplace.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts in fixed windows with one conditional transaction per decision. It holds no counters of its own, so a crash can
 * neither lose nor repeat one: what the store acknowledged is what was allowed.
 */
@Component(configurationPid = "com.cloudnestle.marketplace.quota")
@Designate(ocd = FixedWindowQuotaService.Config.class)
public final class FixedWindowQuotaService implements QuotaService {

    @ObjectClassDefinition(name = "Marketplace quota")
    @interface Config {
        @AttributeDefinition(description = "Tier changes that keep what was used, as from>to, e.g. registered>pro. All others start at 0.")
        String[] keep_usage_on() default {};

        @AttributeDefinition(description = "Days without use after which a visitor's counters are forgotten")
        int visitor_retention_days() default 400;
    }

    private static final Logger LOG = LoggerFactory.getLogger(FixedWindowQuotaService.class);

    /** Each retry means that another call made progress; so many lost races in a row do not happen by chance. */
    private static final int ATTEMPTS = 200;

    private final Store store;
    private final TermsSource termsSource;
    private final AuditLog audit;
    private final InstantSource clock;
    private final ResetRule resetRule;
    private final Duration visitorRetention;
    private final IdempotencyKeys keys;

    @Activate
    public FixedWindowQuotaService(
            @Reference Store store,
            @Reference CatalogService catalog,
            @Reference EntitlementService entitlements,
            @Reference AuditLog audit,
            @Reference InstantSource clock,
            Config config) {
        this(store, new TermsSource(catalog, entitlements), audit, clock,
                new ResetRule(Set.of(config.keep_usage_on())), Duration.ofDays(Math.max(1, config.visitor_retention_days())));
    }

    FixedWindowQuotaService(
            Store store, TermsSource terms, AuditLog audit, InstantSource clock, ResetRule rule, Duration visitorRetention) {
        this.store = store;
        this.termsSource = terms;
        this.audit = audit;
        this.clock = clock;
        this.resetRule = rule;
        this.visitorRetention = visitorRetention;
        this.keys = new IdempotencyKeys(store);
    }

    @Override
    public Decision decide(AccessRequest request) {
        Terms terms = termsSource.forUse(request.subject(), request.solutionId(), request.action());
        Optional<Item> item = store.get(key(terms));
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Instant now = clock.instant();
            Counter counter = new Counter(terms, item, now, resetRule);
            if (counter.belongsToNewerTerms()) {
                terms = termsSource.forUse(request.subject(), request.solutionId(), request.action());
                counter = new Counter(terms, item, now, resetRule);
            }
            Optional<Decision> answer = withoutTaking(counter, request, now);
            if (answer.isPresent()) {
                return answer.get();
            }
            TransactResult result = store.transact(writes(counter, request, now));
            if (result.applied()) {
                return allowed(counter, request, now);
            }
            // the failed condition brought the present counters along; a lost race for the key brought none
            Key key = key(terms);
            item = result.failure(0).map(TransactResult.Failure::item).orElseGet(() -> store.get(key));
        }
        throw new StoreException.Unavailable("Too many calls at once for one counter; try again.");
    }

    /** The answer, if nothing has to be written for it. */
    private Optional<Decision> withoutTaking(Counter counter, AccessRequest request, Instant now) {
        if (keys.seen(request, counter.terms().entry().id())) {
            return Optional.of(new Allowed(counter.stateAfter(0), Optional.empty(), true));
        }
        Optional<Decision> refusal = refusal(counter, request.units(), now);
        if (refusal.isPresent()) {
            LOG.debug("quota refused solution={} action={} units={}",
                    counter.terms().entry().id(), request.action(), request.units());
            return refusal;
        }
        return request.checkOnly()
                ? Optional.of(new Allowed(counter.stateAfter(0), Optional.empty(), false))
                : Optional.empty();
    }

    private List<Write> writes(Counter counter, AccessRequest request, Instant now) {
        Terms terms = counter.terms();
        OptionalLong ttl = terms.subject() instanceof Subject.Visitor
                ? OptionalLong.of(now.plus(visitorRetention).getEpochSecond())
                : OptionalLong.empty();
        List<Write> writes = new ArrayList<>();
        writes.add(counter.take(request.units(), ttl));
        writes.add(UsageJournal.add(terms.subject(), terms.entry().id(), terms.action(), request.units(), now, ttl));
        if (request.idempotencyKey().isPresent()) {
            writes.add(keys.claim(request, terms.entry().id(), now));
        }
        return writes;
    }

    private Decision allowed(Counter counter, AccessRequest request, Instant now) {
        Terms terms = counter.terms();
        Receipt receipt = new UnitsReceipt(request, counter, now);
        // parallel calls may have taken units between our look and our write: the caller sees the stored value
        QuotaState state = store.get(key(terms))
                .map(item -> new Counter(terms, Optional.of(item), now, resetRule).stateAfter(0))
                .orElseGet(() -> counter.stateAfter(request.units()));
        return new Allowed(state, Optional.of(receipt), false);
    }

    private static Optional<Decision> refusal(Counter counter, long units, Instant now) {
        Terms terms = counter.terms();
        QuotaState state = counter.stateAfter(0);
        if (terms.limits().isEmpty()) {
            return Optional.of(Refusals.notIncluded(terms, state));
        }
        if (terms.endedAt(now)) {
            return Optional.of(Refusals.validityEnded(terms, state));
        }
        return counter.exceededBy(units).map(limit -> Refusals.limit(terms, state, limit));
    }

    @Override
    public void giveBack(Receipt receipt) {
        if (!(receipt instanceof UnitsReceipt units)) {
            throw new IllegalArgumentException("not a receipt of this service");
        }
        if (!units.redeem()) {
            return;
        }
        Key key = Counter.key(units.request().subject().key(), units.solutionId(), units.request().action());
        boolean withJournal = true;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            List<Write> writes = units.refund(key, store.get(key), keys, withJournal);
            if (writes.isEmpty() || store.transact(writes).applied()) {
                return;
            }
            withJournal = attempt < ATTEMPTS / 2; // a day that the journal has forgotten must not keep the units
        }
        LOG.warn("units not given back solution={} action={} units={} reason=lost_races",
                units.solutionId(), units.request().action(), units.request().units());
    }

    @Override
    public QuotaState state(Subject subject, String solutionId, String action) {
        return view(subject, termsSource.solution(solutionId), action);
    }

    @Override
    public List<QuotaState> states(Subject subject, String solutionId) {
        CatalogEntry entry = termsSource.solution(solutionId);
        return entry.descriptor().meters().stream()
                .map(meter -> view(subject, entry, meter.action()))
                .toList();
    }

    private QuotaState view(Subject subject, CatalogEntry entry, String action) {
        Terms terms = termsSource.forView(subject, entry, action);
        return new Counter(terms, store.get(key(terms)), clock.instant(), resetRule).stateAfter(0);
    }

    @Override
    public List<QuotaState> reset(Subject subject, String solutionId, String actor) {
        CatalogEntry entry = termsSource.solution(solutionId);
        List<QuotaState> before = states(subject, solutionId); // refuses strangers before anything is changed
        for (Meter meter : entry.descriptor().meters()) {
            store.delete(Counter.key(subject.key(), entry.id(), meter.action()), Condition.NONE);
        }
        audit.append(actor, "quota.reset", subject.key(), Map.of("solution", entry.id(), "used", used(before)));
        return states(subject, solutionId);
    }

    private static String used(List<QuotaState> states) {
        return states.stream()
                .map(s -> s.action() + "=" + s.binding().map(QuotaState.WindowState::used).orElse(0L))
                .reduce((a, b) -> a + " " + b)
                .orElse("");
    }

    private static Key key(Terms terms) {
        return Counter.key(terms.subject().key(), terms.entry().id(), terms.action());
    }
}

package com.cloudnestle.marketplace.quota.internal;
import com.cloudnestle.marketplace.audit.AuditLog;
import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.catalog.CatalogService;
import com.cloudnestle.marketplace.catalog.Meter;
import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.entitlement.EntitlementService;
import com.cloudnestle.marketplace.platform.Nodes;
import com.cloudnestle.marketplace.quota.AccessRequest;
import com.cloudnestle.marketplace.quota.Decision;
import com.cloudnestle.marketplace.quota.Decision.Allowed;
import com.cloudnestle.marketplace.quota.Decision.Receipt;
import com.cloudnestle.marketplace.quota.QuotaListener;
import com.cloudnestle.marketplace.quota.QuotaMetrics;
import com.cloudnestle.marketplace.quota.QuotaState;
import com.cloudnestle.marketplace.quota.Subject;
import com.cloudnestle.marketplace.quota.UsageHistory;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts in fixed windows. A unit is counted in the store before it is handed out; how many are counted at once is the only
 * difference between strict and leased counting. What is known of a counter is kept in an {@link Account}, and
 * most decisions take units from its {@link Block} without a lock and without the store.
 */
public final class QuotaEngine implements AutoCloseable {

    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    private final TermsSource source;
    private final AuditLog audit;
    private final InstantSource clock;
    private final boolean shared;
    private final Tally tally;
    private final Warnings warnings = new Warnings();
    private final Forgetting forgetting;
    private final Accounts accounts;
    private final Ledger ledger;
    private final HandBack handBack;
    private final BlockTaker taker;
    private final KeyedCalls keyedCalls;
    private final Holds holds;
    private final Sweeper sweeper;
    private final MergedHistory history;
    private final Store.Registration watch;

    private QuotaEngine(
            Store store, TermsSource source, AuditLog audit, Nodes nodes, InstantSource clock, QuotaSettings settings) {
        this.source = source;
        this.audit = audit;
        this.clock = clock;
        this.shared = store.shared();
        this.accounts = new Accounts(settings.leaseUnits());
        this.tally = new Tally(accounts::liveBlocks, accounts::size);
        this.ledger = new Ledger(store, tally, nodes.self());
        this.handBack = new HandBack(ledger, new CounterWrites(nodes.self()), tally);
        this.taker = new BlockTaker(settings, source, ledger, handBack, nodes, clock, tally, warnings);
        this.keyedCalls = new KeyedCalls(new IdempotencyKeys(store), clock);
        this.holds = new Holds(this, ledger, handBack, clock);
        this.sweeper = new Sweeper(accounts, handBack, settings, clock, tally);
        this.forgetting = new Forgetting(store, this, handBack);
        this.history = new MergedHistory(store, source, accounts);
        this.watch = store.watch(Table.USAGE, accounts);
    }

    /** An engine that has no thread of its own: whoever makes it calls {@link #tick} every few seconds, and at last {@link #close}. */
    public static QuotaEngine create(
            Store store,
            CatalogService catalog,
            EntitlementService entitlements,
            AuditLog audit,
            Nodes nodes,
            InstantSource clock,
            QuotaSettings settings) {
        return new QuotaEngine(store, new TermsSource(catalog, entitlements), audit, nodes, clock, settings);
    }

    public QuotaMetrics metrics() {
        return tally;
    }

    public UsageHistory history() {
        return history;
    }

    Forgetting forgetting() {
        return forgetting;
    }

    /** Tells customers' warnings that have become due. Calls must not overlap. */
    public void warn(List<QuotaListener> listeners) {
        warnings.tell(listeners);
    }

    Holds holds() {
        return holds;
    }

    /** Units asked for by those who hold the counter's lock or wait for it. */
    long waiting(Subject subject, String solution, String action) {
        Account account = accounts.find(subject.key(), solution, action);
        return account == null ? 0 : account.wanted.get();
    }

    Instant now() {
        return clock.instant();
    }

    /** Hands back what is idle, releases holds that expired, forgets what is not used. Calls must not overlap. */
    public void tick() {
        sweeper.tick();
        holds.expire();
    }

    /** Hands back all units at hand. Decisions may still be made; they work, at a write each time units are taken. */
    @Override
    public void close() {
        close(STOP_WITHIN);
    }

    /** As {@link #close()}, giving up after this time. */
    void close(Duration within) {
        sweeper.handBackAll(within);
        watch.close();
    }

    /** See {@link com.cloudnestle.marketplace.quota.QuotaService#decide}. */
    public Decision decide(AccessRequest request) {
        if (request.idempotencyKey().isPresent() && !request.checkOnly()) {
            return keyedCalls.decide(request, source.usable(request.solutionId()).id(), this);
        }
        if (request.idempotencyKey().isPresent()) {
            return keyedCalls.check(request, source.usable(request.solutionId()).id(), this);
        }
        return decideWithoutKey(request);
    }

    Decision decideWithoutKey(AccessRequest request) {
        Decision decision = atOnce(request);
        if (decision == null) {
            decision = withLock(request, null);
        }
        if (!request.checkOnly()) {
            (decision instanceof Allowed ? tally.allowed : tally.denied).increment();
        }
        return decision;
    }

    /** The terms of a request that is about to be decided. */
    Terms terms(AccessRequest request) {
        return source.forUse(request.subject(), source.usable(request.solutionId()), request.action());
    }

    /** From what is at hand; null if that takes more. */
    private @Nullable Decision atOnce(AccessRequest request) {
        CatalogEntry entry = source.usable(request.solutionId());
        Subject subject = request.subject();
        Account account = accounts.find(subject.key(), entry.id(), request.action());
        if (account == null || request.checkOnly() || account.doubt.get() != 0) {
            return null;
        }
        Entitlement entitlement = source.entitlement(subject, entry);
        Terms terms = account.terms;
        if (terms == null || !terms.from(entry, entitlement)) {
            return null;
        }
        long now = clock.millis();
        Block block = account.block;
        if (block != null && block.rules == terms.rules() && now < block.deadAt) {
            long left = block.take(request.units());
            if (left >= 0) {
                return taker.allowed(account, block, left, request);
            }
        }
        Account.Refused refused = account.refused;
        return refused != null && refused.holds(terms.rules(), request.units(), now) ? refused.answer() : null;
    }

    /** Takes units for something written in the same transaction. */
    Decision decideWithLock(AccessRequest request, BlockTaker.Companion companion) {
        Decision decision = withLock(request, companion);
        (decision instanceof Allowed ? tally.allowed : tally.denied).increment();
        return decision;
    }

    private Decision withLock(AccessRequest request, BlockTaker.@Nullable Companion companion) {
        while (true) {
            CatalogEntry entry = source.usable(request.solutionId());
            Account account = accounts.find(request.subject().key(), entry.id(), request.action());
            if (account == null) {
                source.forUse(request.subject(), entry, request.action());
                account = accounts.of(request.subject(), entry.id(), request.action());
            }
            Decision decision = taker.decide(account, request, companion);
            if (decision != null) {
                return decision;
            }
        }
    }

    /** See {@link com.cloudnestle.marketplace.quota.QuotaService#giveBack}. */
    public void giveBack(Receipt receipt) {
        if (!(receipt instanceof UnitsReceipt units)) {
            throw new IllegalArgumentException("not a receipt of this service");
        }
        if (units.redeem()) {
            // before the units: a crash in between then costs them, and gives none away
            keyedCalls.release(units.request, units.account.id.solution);
            giveBack(units);
        }
    }

    /** The units only, without the key. */
    void giveBack(UnitsReceipt receipt) {
        long units = receipt.request.units();
        Block block = receipt.account.block;
        // without a lease another node would look for the unit in vain
        boolean mayStay = block != null && block.origin.same(receipt.origin) && (block.leased || !shared);
        if (mayStay && receipt.account.doubt.get() == 0 && block.put(units)) {
            receipt.account.returned();
            return;
        }
        CounterKey id = receipt.account.id;
        underLock(receipt.account.subject, id.solution, id.action, account -> {
            long now = clock.millis();
            handBack.clearDoubt(account, now);
            handBack.credit(account, receipt.origin, units, now);
        });
    }

    /** Does something under the lock of the counter's account. */
    void underLock(Subject subject, String solution, String action, Consumer<Account> work) {
        while (true) {
            Account account = accounts.of(subject, solution, action);
            account.lock.lock();
            try {
                if (!account.evicted) {
                    work.accept(account);
                    return;
                }
            } finally {
                account.lock.unlock();
            }
        }
    }

    public QuotaState state(Subject subject, String solutionId, String action) {
        return view(subject, source.solution(solutionId), action);
    }

    public List<QuotaState> states(Subject subject, String solutionId) {
        CatalogEntry entry = source.solution(solutionId);
        return entry.descriptor().meters().stream()
                .map(meter -> view(subject, entry, meter.action()))
                .toList();
    }

    private QuotaState view(Subject subject, CatalogEntry entry, String action) {
        Terms terms = source.forView(subject, entry, action);
        Account account = accounts.find(subject.key(), entry.id(), action);
        if (account != null) {
            return taker.state(account, terms);
        }
        CounterKey key = new CounterKey(subject.key(), entry.id(), action);
        CounterItem item = CounterItem.of(ledger.store().get(key.inStore()));
        return taker.counter(terms, item, clock.instant()).state(0, null);
    }

    /** See {@link com.cloudnestle.marketplace.quota.QuotaService#reset}. */
    public List<QuotaState> reset(Subject subject, String solutionId, String actor) {
        CatalogEntry entry = source.solution(solutionId);
        List<QuotaState> before = states(subject, solutionId); // refuses strangers before anything is changed
        Instant now = clock.instant();
        for (Meter meter : entry.descriptor().meters()) {
            underLock(
                    subject, entry.id(), meter.action(), account -> handBack.reset(account, now.toEpochMilli()));
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
}

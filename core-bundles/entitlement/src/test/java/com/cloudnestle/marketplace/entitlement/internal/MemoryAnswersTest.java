package com.cloudnestle.marketplace.entitlement.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Item;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.testing.FixedSecrets;
import com.cloudnestle.marketplace.testing.InMemoryCatalog;
import com.cloudnestle.marketplace.testing.InMemoryCustomers;
import com.cloudnestle.marketplace.testing.InMemoryStore;
import com.cloudnestle.marketplace.testing.ManualClock;
import com.cloudnestle.marketplace.testing.RecordingAuditLog;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What two nodes over one store answer, and what it costs them. */
class MemoryAnswersTest {

    private static final Duration AGE = Duration.ofSeconds(2);
    private static final Duration TICK = Duration.ofMillis(1);

    private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final InMemoryStore data = new InMemoryStore(clock, true);
    private final RecordingAuditLog audit = new RecordingAuditLog(clock);
    private final InMemoryCustomers customers = new InMemoryCustomers(clock);
    private final InMemoryCatalog catalog = InMemoryCatalog.of(
            SolutionDescriptor.of("finder", "Finder", "Finds.", "search"),
            SolutionDescriptor.of("timed", "Timed", "Ends.", "search").withTokenLifetimeDays(10));
    private final String ann = customers.findOrCreate("ann@example.com").id();

    private final class Node {
        private final CountingStore store = new CountingStore(new NodeStore(data));
        private final CacheSettings settings = Caches.of(store, clock, AGE);
        private final StoredEntitlements entitlements =
                Caches.entitlements(settings, catalog, customers, audit, clock);
        private final DerivedSolutionTokens tokens =
                Caches.tokens(settings, catalog, customers, new FixedSecrets(), audit, clock);
    }

    private final Node here = new Node();
    private final Node there = new Node();

    @BeforeEach
    void entitle() {
        here.entitlements.grant(ann, "finder", "registered", "admin");
        here.entitlements.grant(ann, "timed", "registered", "admin");
    }

    @Test
    void aDecisionReadsNothingOnceTokenAndEntitlementAreKnown() {
        String token = here.tokens.issue(ann, "finder", "admin").token();
        here.tokens.authenticate(token);
        Entitlement found = here.entitlements.find(ann, "finder").orElseThrow();
        int before = here.store.reads.get();

        assertThat(here.tokens.authenticate(token).customerId()).isEqualTo(ann);
        assertThat(here.entitlements.find(ann, "finder").orElseThrow()).isSameAs(found);

        assertThat(here.store.reads).hasValue(before);
    }

    @Test
    void revocationHoldsHereAtOnceAndThereWithinTheBound() {
        String token = here.tokens.issue(ann, "finder", "admin").token();
        here.tokens.authenticate(token);
        there.tokens.authenticate(token);

        here.tokens.revoke(token, "admin");

        assertProblem(() -> here.tokens.authenticate(token), Problem.TOKEN_REVOKED);
        clock.advance(AGE.minus(TICK));
        assertThat(there.tokens.authenticate(token).customerId()).isEqualTo(ann);
        clock.advance(TICK);
        assertProblem(() -> there.tokens.authenticate(token), Problem.TOKEN_REVOKED);
    }

    @Test
    void suspensionAndTierHoldHereAtOnceAndThereWithinTheBound() {
        here.entitlements.find(ann, "finder");
        Entitlement before = there.entitlements.find(ann, "finder").orElseThrow();

        here.entitlements.setStatus(ann, "finder", Entitlement.Status.SUSPENDED, "admin");
        here.entitlements.changeTier(ann, "finder", "pro", "admin");

        assertThat(here.entitlements.find(ann, "finder").orElseThrow().active()).isFalse();
        clock.advance(AGE.minus(TICK));
        assertThat(there.entitlements.find(ann, "finder").orElseThrow()).isSameAs(before);
        clock.advance(TICK);
        Entitlement after = there.entitlements.find(ann, "finder").orElseThrow();
        assertThat(after.active()).isFalse();
        assertThat(after.tier()).isEqualTo("pro");
    }

    @Test
    void aTokenThatWasUnknownIsKnownHereAtOnceAndThereWithinTheBound() {
        String token = here.tokens.issue(ann, "finder", "admin").token();
        Item kept = data.get(TokenItem.key(TokenHash.of(token).hex())).orElseThrow();
        data.delete(kept.key(), Condition.NONE);
        clock.advance(AGE);
        assertProblem(() -> here.tokens.authenticate(token), Problem.TOKEN_UNKNOWN);
        assertProblem(() -> there.tokens.authenticate(token), Problem.TOKEN_UNKNOWN);

        here.store.put(kept);

        assertThat(here.tokens.authenticate(token).customerId()).isEqualTo(ann);
        clock.advance(AGE.minus(TICK));
        assertProblem(() -> there.tokens.authenticate(token), Problem.TOKEN_UNKNOWN);
        clock.advance(TICK);
        assertThat(there.tokens.authenticate(token).customerId()).isEqualTo(ann);
    }

    @Test
    void theSameJunkCostsOneRead() {
        int before = here.store.reads.get();
        for (int i = 0; i < 100; i++) {
            assertProblem(() -> here.tokens.authenticate("tok_permanent_junk"), Problem.TOKEN_UNKNOWN);
        }
        assertThat(here.store.reads.get() - before).isEqualTo(1);
    }

    @Test
    void theExpiryOfATimedTokenIsJudgedAtEachCall() {
        String token = here.tokens.issue(ann, "timed", "admin").token();
        clock.advance(Duration.ofDays(10).minus(TICK));
        here.tokens.authenticate(token);

        clock.advance(TICK);

        assertProblem(() -> here.tokens.authenticate(token), Problem.TOKEN_EXPIRED);
    }

    @Test
    void aliasesShareOneAnswer() {
        Store store = here.store;
        InMemoryCatalog withAlias = InMemoryCatalog.of(
                SolutionDescriptor.of("finder", "Finder", "Finds.", "search").withAliases("old-finder"));
        StoredEntitlements aliased =
                Caches.entitlements(Caches.of(store), withAlias, customers, audit, clock);

        assertThat(aliased.find(ann, "old-finder").orElseThrow()).isSameAs(aliased.find(ann, "finder").orElseThrow());
    }

    private static void assertProblem(Runnable call, Problem problem) {
        assertThatExceptionOfType(MarketplaceException.class)
                .isThrownBy(call::run)
                .satisfies(e -> assertThat(e.problem()).isEqualTo(problem));
    }
}

package com.cloudnestle.marketplace.entitlement.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.entitlement.SolutionTokens.IssuedToken;
import com.cloudnestle.marketplace.entitlement.SolutionTokens.TokenState;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.testing.ContestedStore;
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

/** {@code late} always finds that {@code tokens} did something between its reading and its writing. */
class TokenRaceTest {

    private static final Duration DAY = Duration.ofDays(1);

    private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final InMemoryStore store = new InMemoryStore(clock);
    private final ContestedStore contested = new ContestedStore(store);
    private final RecordingAuditLog audit = new RecordingAuditLog(clock);
    private final InMemoryCustomers customers = new InMemoryCustomers(clock);
    private final InMemoryCatalog catalog = InMemoryCatalog.of(
            SolutionDescriptor.of("finder", "Finder", "Finds.", "search").withTokenLifetimeDays(10));
    private final String ann = customers.findOrCreate("ann@example.com").id();
    private final DerivedSolutionTokens tokens = on(store);
    private final DerivedSolutionTokens late = on(contested);

    @BeforeEach
    void entitle() {
        Caches.entitlements(Caches.of(store), catalog, customers, audit, clock).grant(ann, "finder", "registered", "admin");
    }

    @Test
    void issuesWhatSomebodyElseIssuedFirst() {
        contested.beforeNextWrite(() -> tokens.issue(ann, "finder", "rival"));

        IssuedToken issued = late.issue(ann, "finder", "admin");

        assertThat(issued.newlyMade()).isFalse();
        assertThat(tokens.issue(ann, "finder", "admin").token()).isEqualTo(issued.token());
        assertThat(audit.events()).containsOnlyOnce("token.issued");
    }

    @Test
    void issuesTheOldTokenWhenItWasRefreshedMeanwhile() {
        IssuedToken old = tokens.issue(ann, "finder", "admin");
        clock.advance(DAY.multipliedBy(11));
        contested.beforeNextWrite(() -> tokens.refresh(old.token()));

        assertThat(late.issue(ann, "finder", "admin").token()).isEqualTo(old.token());
    }

    @Test
    void doesNotRefreshATokenThatWasReplacedMeanwhile() {
        IssuedToken old = tokens.issue(ann, "finder", "admin");
        clock.advance(DAY.multipliedBy(11));
        contested.beforeNextWrite(() -> tokens.issue(ann, "finder", "rival"));

        assertProblem(() -> late.refresh(old.token()), Problem.TOKEN_EXPIRED);
        assertThat(tokens.inspect(old.token()).orElseThrow().state()).isEqualTo(TokenState.EXPIRED);
    }

    @Test
    void doesNotRefreshATokenThatWasRevokedMeanwhile() {
        IssuedToken old = tokens.issue(ann, "finder", "admin");
        clock.advance(DAY);
        contested.beforeNextWrite(() -> tokens.revoke(old.token(), "rival"));

        assertProblem(() -> late.refresh(old.token()), Problem.TOKEN_REVOKED);
    }

    @Test
    void revokesATokenThatGotItsGraceMeanwhile() {
        IssuedToken old = tokens.issue(ann, "finder", "admin");
        contested.beforeNextWrite(() -> tokens.rotate(ann, "finder", DAY, "rival"));

        late.revoke(old.token(), "admin");

        assertThat(tokens.inspect(old.token()).orElseThrow().state()).isEqualTo(TokenState.REVOKED);
    }

    @Test
    void revokesATokenThatWasRefreshedMeanwhile() {
        IssuedToken old = tokens.issue(ann, "finder", "admin");
        clock.advance(DAY);
        contested.beforeNextWrite(() -> tokens.refresh(old.token()));

        late.revoke(old.token(), "admin");

        assertThat(tokens.inspect(old.token()).orElseThrow().state()).isEqualTo(TokenState.REVOKED);
    }

    @Test
    void recordsARevocationOnceWhenSomebodyElseWasFaster() {
        IssuedToken old = tokens.issue(ann, "finder", "admin");
        contested.beforeNextWrite(() -> tokens.revoke(old.token(), "rival"));

        late.revoke(old.token(), "admin");

        assertThat(audit.events()).containsOnlyOnce("token.revoked");
    }

    @Test
    void revokesAlsoWhatWasMadeMeanwhile() {
        IssuedToken old = tokens.issue(ann, "finder", "admin");
        IssuedToken[] made = new IssuedToken[1];
        contested.beforeNextWrite(() -> made[0] = tokens.rotate(ann, "finder", DAY, "rival"));

        late.revokeAll(ann, "finder", "admin");

        assertThat(tokens.inspect(old.token()).orElseThrow().state()).isEqualTo(TokenState.REVOKED);
        assertThat(tokens.inspect(made[0].token()).orElseThrow().state()).isEqualTo(TokenState.REVOKED);
    }

    @Test
    void givesNoGraceToATokenThatWasRevokedMeanwhile() {
        IssuedToken old = tokens.issue(ann, "finder", "admin");
        contested.beforeNextWrite(() -> tokens.revoke(old.token(), "rival"));

        late.rotate(ann, "finder", DAY, "admin");

        assertThat(tokens.inspect(old.token()).orElseThrow().state()).isEqualTo(TokenState.REVOKED);
    }

    @Test
    void rotatesWhatSomebodyElseMadeFirst() {
        contested.beforeNextWrite(() -> tokens.issue(ann, "finder", "rival"));

        IssuedToken made = late.rotate(ann, "finder", DAY, "admin");

        assertThat(tokens.issue(ann, "finder", "admin").token()).isEqualTo(made.token());
    }

    private DerivedSolutionTokens on(Store place) {
        return Caches.tokens(Caches.of(place), catalog, customers, new FixedSecrets(), audit, clock);
    }

    private static void assertProblem(Runnable call, Problem problem) {
        assertThatExceptionOfType(MarketplaceException.class)
                .isThrownBy(call::run)
                .satisfies(e -> assertThat(e.problem()).isEqualTo(problem));
    }
}

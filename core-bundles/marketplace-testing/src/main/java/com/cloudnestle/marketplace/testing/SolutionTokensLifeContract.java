package com.cloudnestle.marketplace.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.cloudnestle.marketplace.catalog.SolutionDescriptor;
import com.cloudnestle.marketplace.entitlement.EntitlementService;
import com.cloudnestle.marketplace.entitlement.SolutionTokens;
import com.cloudnestle.marketplace.entitlement.SolutionTokens.IssuedToken;
import com.cloudnestle.marketplace.entitlement.SolutionTokens.TokenState;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Expiry, rotation and refresh of {@link SolutionTokens}, and what both halves of the contract stand on. The customer is Ann;
 * {@code finder} has permanent tokens, {@code timed} 10-day ones.
 */
abstract class SolutionTokensLifeContract {

    /** The services under test. */
    public record Services(EntitlementService entitlements, SolutionTokens tokens) {}

    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    static final Duration LIFETIME = Duration.ofDays(10);
    static final Duration DAY = Duration.ofDays(1);
    static final String NOBODY = "cus_00000000-0000-0000-0000-000000000000";

    protected final ManualClock clock = new ManualClock(NOON);
    protected final RecordingAuditLog audit = new RecordingAuditLog(clock);
    protected final InMemoryCustomers customers = new InMemoryCustomers(clock);
    protected final InMemoryCatalog catalog = InMemoryCatalog.of(
            SolutionDescriptor.of("finder", "Finder", "Finds.", "search").withAliases("faiss"),
            SolutionDescriptor.of("timed", "Timed", "Ends.", "count").withTokenLifetimeDays(10));
    protected final String ann = customers.findOrCreate("ann@example.com").id();
    protected SolutionTokens tokens = new InMemoryTokens(catalog, new InMemoryEntitlements(catalog, customers, audit, clock), audit, clock);

    /** Services without entitlements and tokens, made from the fields of this class. */
    protected abstract Services services();

    @BeforeEach
    void open() {
        Services services = services();
        services.entitlements().grant(ann, "finder", "registered", "admin");
        services.entitlements().grant(ann, "timed", "registered", "admin");
        tokens = services.tokens();
    }

    @Test
    void letsATokenExpireAfterItsLifetime() {
        IssuedToken issued = tokens.issue(ann, "timed", "admin");
        assertThat(issued.token()).startsWith("tok_timed_");
        assertThat(issued.holder().expiresAt()).contains(NOON.plus(LIFETIME));

        clock.set(NOON.plus(LIFETIME).minusMillis(1));
        assertThat(tokens.authenticate(issued.token())).isEqualTo(issued.holder());
        clock.set(NOON.plus(LIFETIME));

        assertProblem(() -> tokens.authenticate(issued.token()), Problem.TOKEN_EXPIRED);
        assertState(issued, TokenState.EXPIRED);
    }

    @Test
    void makesANewTokenAfterTheOldOneExpired() {
        IssuedToken expired = tokens.issue(ann, "timed", "admin");
        clock.advance(LIFETIME);

        IssuedToken fresh = tokens.issue(ann, "timed", "admin");

        assertThat(fresh.newlyMade()).isTrue();
        assertThat(tokens.authenticate(fresh.token()).expiresAt()).contains(NOON.plus(LIFETIME.multipliedBy(2)));
        assertProblem(() -> tokens.refresh(expired.token()), Problem.TOKEN_EXPIRED);
        clock.set(NOON); // nor does it come back when the clock is turned back
        assertProblem(() -> tokens.authenticate(expired.token()), Problem.TOKEN_EXPIRED);
    }

    @Test
    void letsTheOldTokenWorkOnForTheGrace() {
        IssuedToken old = tokens.issue(ann, "finder", "admin");

        IssuedToken fresh = tokens.rotate(ann, "faiss", DAY, "admin");

        assertThat(fresh.newlyMade()).isTrue();
        assertThat(fresh.token()).isNotEqualTo(old.token());
        assertThat(tokens.issue(ann, "finder", "admin").token()).isEqualTo(fresh.token());
        assertThat(tokens.authenticate(old.token()).expiresAt()).contains(NOON.plus(DAY));
        assertState(old, TokenState.GRACE);
        assertState(fresh, TokenState.ACTIVE);

        clock.advance(DAY);
        assertProblem(() -> tokens.authenticate(old.token()), Problem.TOKEN_EXPIRED);
        assertState(old, TokenState.EXPIRED);
        assertThat(tokens.authenticate(fresh.token())).isEqualTo(fresh.holder());
        assertEvents("token.issued", "token.rotated");
    }

    @Test
    void endsTheOldTokenAtOnceWithoutGrace() {
        IssuedToken old = tokens.issue(ann, "finder", "admin");

        tokens.rotate(ann, "finder", Duration.ZERO, "admin");

        assertProblem(() -> tokens.authenticate(old.token()), Problem.TOKEN_REVOKED);
    }

    @Test
    void neverLengthensALifeByRotation() {
        IssuedToken old = tokens.issue(ann, "timed", "admin");
        clock.advance(LIFETIME.minus(DAY));

        tokens.rotate(ann, "timed", Duration.ofDays(30), "admin");
        assertThat(tokens.authenticate(old.token()).expiresAt()).contains(NOON.plus(LIFETIME));

        assertThat(tokens.refresh(old.token()).holder().expiresAt()).contains(NOON.plus(LIFETIME)); // grace is not extended
        clock.advance(DAY);
        assertProblem(() -> tokens.refresh(old.token()), Problem.TOKEN_EXPIRED);
    }

    @Test
    void rotatesAlsoWhenThereIsNoTokenYet() {
        IssuedToken made = tokens.rotate(ann, "finder", DAY, "admin");

        assertThat(tokens.issue(ann, "finder", "admin").token()).isEqualTo(made.token());
    }

    @Test
    void makesAsManyTokensAsThereWereRotationsButOneCurrent() {
        tokens.issue(ann, "finder", "admin");

        List<IssuedToken> rotated = Together.run(8, () -> tokens.rotate(ann, "finder", DAY, "admin"));

        assertThat(rotated).extracting(IssuedToken::token).doesNotHaveDuplicates();
        String current = tokens.issue(ann, "finder", "admin").token();
        assertThat(rotated).filteredOn(each -> each.token().equals(current)).hasSize(1);
        assertThat(rotated)
                .extracting(each -> tokens.inspect(each.token()).orElseThrow().state())
                .containsOnly(TokenState.ACTIVE, TokenState.GRACE)
                .containsOnlyOnce(TokenState.ACTIVE);
    }

    @Test
    void refusesAGraceOutOfRange() {
        IssuedToken issued = tokens.issue(ann, "finder", "admin");

        assertProblem(() -> tokens.rotate(ann, "finder", Duration.ofDays(30).plusMillis(1), "admin"), Problem.INVALID_FIELD);
        assertProblem(() -> tokens.rotate(ann, "finder", Duration.ofMillis(-1), "admin"), Problem.INVALID_FIELD);
        assertProblem(() -> tokens.rotate(ann, "finder", Duration.ofSeconds(Long.MAX_VALUE), "admin"), Problem.INVALID_FIELD);
        assertState(issued, TokenState.ACTIVE);
    }

    @Test
    void refreshesATokenThatExpires() {
        IssuedToken issued = tokens.issue(ann, "timed", "admin");
        clock.advance(DAY);

        IssuedToken refreshed = tokens.refresh(issued.token());

        assertThat(refreshed.token()).isEqualTo(issued.token());
        assertThat(refreshed.newlyMade()).isFalse();
        assertThat(refreshed.holder().expiresAt()).contains(NOON.plus(LIFETIME).plus(DAY));
        assertThat(tokens.authenticate(issued.token())).isEqualTo(refreshed.holder());
    }

    @Test
    void refreshesUpToThirtyDaysAfterTheExpiry() {
        IssuedToken issued = tokens.issue(ann, "timed", "admin");
        Instant last = NOON.plus(LIFETIME).plus(Duration.ofDays(30));

        clock.set(last.plusMillis(1));
        assertProblem(() -> tokens.refresh(issued.token()), Problem.TOKEN_EXPIRED);
        clock.set(last);

        assertThat(tokens.refresh(issued.token()).holder().expiresAt()).contains(last.plus(LIFETIME));
        assertThat(tokens.authenticate(issued.token()).customerId()).isEqualTo(ann);
    }

    @Test
    void leavesAPermanentTokenAsItIsWhenItIsRefreshed() {
        IssuedToken issued = tokens.issue(ann, "finder", "admin");
        clock.advance(DAY);

        assertThat(tokens.refresh(issued.token())).isEqualTo(new IssuedToken(issued.token(), issued.holder(), false));
    }

    @Test
    void neverShortensALifeWhenTheClockGoesBackwards() {
        IssuedToken issued = tokens.issue(ann, "timed", "admin");
        clock.set(NOON.minus(Duration.ofDays(5)));

        assertThat(tokens.refresh(issued.token()).holder().expiresAt()).contains(NOON.plus(LIFETIME));
        assertThat(tokens.authenticate(issued.token())).isEqualTo(issued.holder());
        assertThat(tokens.issue(ann, "timed", "admin").token()).isEqualTo(issued.token());
    }

    final void assertState(IssuedToken token, TokenState state) {
        assertThat(tokens.inspect(token.token()).orElseThrow().state()).isEqualTo(state);
    }

    /** The events about tokens so far. */
    final void assertEvents(String... events) {
        assertThat(audit.events()).filteredOn(event -> event.startsWith("token.")).containsExactly(events);
    }

    static void assertProblem(Runnable call, Problem problem) {
        assertThatExceptionOfType(MarketplaceException.class)
                .isThrownBy(call::run)
                .satisfies(e -> assertThat(e.problem()).isEqualTo(problem));
    }
}

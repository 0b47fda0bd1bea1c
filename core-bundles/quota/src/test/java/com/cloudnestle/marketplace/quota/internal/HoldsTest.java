package com.cloudnestle.marketplace.quota.internal;

import static com.cloudnestle.marketplace.quota.internal.QuotaFixture.SOLUTION;
import static com.cloudnestle.marketplace.quota.internal.QuotaFixture.forLife;
import static com.cloudnestle.marketplace.quota.internal.QuotaFixture.perDay;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.error.MarketplaceException;
import com.cloudnestle.marketplace.error.Problem;
import com.cloudnestle.marketplace.quota.Decision.Allowed;
import com.cloudnestle.marketplace.quota.Decision.Denied;
import com.cloudnestle.marketplace.quota.Hold;
import com.cloudnestle.marketplace.quota.Reservation;
import com.cloudnestle.marketplace.quota.Subject;
import com.cloudnestle.marketplace.quota.internal.NodeStore.Fault;
import com.cloudnestle.marketplace.store.StoreException;
import com.cloudnestle.marketplace.testing.Together;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Units set aside, settled, released and forgotten, on two nodes over one store. */
class HoldsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Cluster cluster = new Cluster(2, QuotaSettings.defaults(), TierPlan.of("registered", perDay(10)));
    private final FixedWindowQuotaService here = FixedWindowQuotaService.of(cluster.engine(0));
    private final FixedWindowQuotaService there = FixedWindowQuotaService.of(cluster.engine(1));

    private Hold hold(long units) {
        return here.reserve(cluster.request(units), MINUTE).hold().orElseThrow();
    }

    /** As stored: so small a limit is not counted ahead. */
    private long used() {
        return cluster.fix.store.get(cluster.counter()).map(item -> item.number("u:day", 0)).orElse(0L);
    }

    private static void assertEnded(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatExceptionOfType(MarketplaceException.class)
                .isThrownBy(call)
                .extracting(MarketplaceException::problem)
                .isEqualTo(Problem.HOLD_ENDED);
    }

    @Test
    void heldUnitsAreUsedAsFarAsOthersAreConcerned() {
        hold(8);

        assertThat(cluster.take(1, 3)).isFalse();
        assertThat(cluster.take(1, 2)).isTrue();
        assertThat(used()).isEqualTo(10);
    }

    @Test
    void whatIsNotLeftCannotBeHeld() {
        cluster.take(1, 5);

        Reservation refused = here.reserve(cluster.request(6), MINUTE);

        assertThat(refused.hold()).isEmpty();
        assertThat(refused.decision()).isInstanceOf(Denied.class);
        assertThat(used()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 4, 5, 6, 10})
    void settlingTakesExactlyWhatTheWorkUsed(long used) {
        assertThat(hold(5).settle(used)).isInstanceOf(Allowed.class);

        assertThat(used()).isEqualTo(used);
        assertThat(cluster.stored("h")).isEqualTo(used);
    }

    @Test
    void moreThanIsLeftIsRefusedAndTheHoldStays() {
        Hold hold = hold(5);
        cluster.take(1, 4);

        assertThat(hold.settle(7)).isInstanceOf(Denied.class);

        assertThat(used()).isEqualTo(9);
        assertThat(hold.settle(6)).isInstanceOf(Allowed.class);
        assertThat(used()).isEqualTo(10);
    }

    @Test
    void settlingAgainWithTheSameNumberChangesNothingAndWithAnotherIsRefused() {
        Hold hold = hold(5);
        hold.settle(3);

        assertThat(hold.settle(3)).asInstanceOf(type(Allowed.class)).matches(a -> a.state().remaining() == 7);
        assertEnded(() -> hold.settle(4));
        hold.release();
        assertThat(used()).isEqualTo(3);
    }

    @Test
    void anyNodeFindsTheHoldAndItEndsOnce() {
        Hold hold = hold(5);
        Hold found = there.hold(hold.id()).orElseThrow();
        assertThat(found.units()).isEqualTo(5);
        assertThat(found.expiresAt()).isEqualTo(hold.expiresAt());

        found.settle(2);

        assertEnded(() -> hold.settle(5));
        hold.release();
        assertThat(used()).isEqualTo(2);
        assertThat(there.hold(hold.id())).isEmpty();
        assertThat(there.hold("hold_1_x' or 1=1")).isEmpty();
    }

    @Test
    void anExpiredHoldIsReleasedByAnyNodeOnce() {
        Hold hold = hold(5);
        cluster.advance(MINUTE.plusSeconds(1));
        assertEnded(() -> hold.settle(5));
        assertThat(here.hold(hold.id())).isEmpty();
        cluster.engine(1).tick();
        assertThat(used()).as("the grace for clocks that differ").isEqualTo(5);

        cluster.advance(Duration.ofSeconds(5));
        cluster.engine(1).tick();
        cluster.engine(0).tick();

        assertThat(used()).isZero();
        assertThat(cluster.stored("h")).isZero();
    }

    @Test
    void aNodeThatHasNotSeenTheHeldUnitsYetReleasesThemAllTheSame() {
        cluster.take(1);
        hold(5);
        cluster.advance(MINUTE.plusSeconds(6));

        cluster.engine(1).tick();

        assertThat(used()).isEqualTo(1);
        assertThat(cluster.stored("h")).isEqualTo(1);
    }

    @Test
    void moreExpiredHoldsThanAPageHoldsAreAllReleased() {
        Cluster large = new Cluster(2, QuotaSettings.defaults(), TierPlan.of("registered", perDay(1000)));
        FixedWindowQuotaService service = FixedWindowQuotaService.of(large.engine(0));
        for (int i = 0; i < 250; i++) {
            service.reserve(large.request(1), MINUTE);
        }
        large.advance(MINUTE.plusSeconds(6));

        large.engine(1).tick();

        assertThat(large.stored("u:day")).isZero();
    }

    @Test
    void theStopOfTheBundleReleasesWhatItHeldAndNothingElse() {
        hold(2);
        hold(3).settle(3);
        there.reserve(cluster.request(4), MINUTE);

        here.stop();

        assertThat(used()).isEqualTo(7);
    }

    @Test
    void aHoldLeavesTheBlockAtHandAloneUnlessItNeedsIt() {
        Cluster leased = new Cluster(1, QuotaSettings.defaults().withLease(20),
                TierPlan.of("registered", perDay(1000), forLife(5000)));
        FixedWindowQuotaService service = FixedWindowQuotaService.of(leased.engine(0));
        leased.take(0);
        assertThat(leased.stored("u:day")).isEqualTo(20);

        Hold hold = service.reserve(leased.request(10), MINUTE).hold().orElseThrow();
        assertThat(leased.stored("u:day")).isEqualTo(30);
        hold.release();
        assertThat(leased.stored("u:day")).isEqualTo(20);

        assertThat(service.reserve(leased.request(999), MINUTE).hold()).isPresent();
        assertThat(leased.stored("u:day")).isEqualTo(1000);
    }

    @Test
    void aHoldOfYesterdayGivesTodayNothing() {
        Hold hold = here.reserve(cluster.request(5), Duration.ofHours(24)).hold().orElseThrow();
        cluster.advance(Duration.ofHours(13));
        cluster.take(0, 10);

        hold.settle(1);

        assertThat(cluster.stored("u:day")).isEqualTo(10);
        assertThat(cluster.journal("2026-11-20")).isEqualTo(1);
    }

    @Test
    void aHoldFromBeforeAResetGivesTheNewCountNothing() {
        Hold hold = hold(5);
        cluster.engine(1).reset(cluster.fix.ann, SOLUTION, "admin");
        cluster.take(1, 10);

        hold.release();

        assertThat(cluster.take(1)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, names = {"LOST_REPLY", "LOST_REQUEST", "DUPLICATED"})
    void whateverHappensToTheEndOfAHoldItCountsOnce(Fault fault) {
        for (long used : new long[] {0, 2, 3, 4}) {
            long before = used();
            Hold hold = hold(3);
            cluster.node(0).store().disturb(fault, 1);
            hold.settle(used);

            assertThat(used()).as("settled with " + used).isEqualTo(before + used);
            assertThat(cluster.stored("h")).isEqualTo(before + used);
        }
    }

    /** The request that would have ended the hold never arrived, and another node gave its units back meanwhile. */
    @Test
    void aHoldReleasedElsewhereWhileTheAnswerWasOutIsNotCalledSettled() {
        Hold hold = hold(10);
        Hold found = there.hold(hold.id()).orElseThrow();
        cluster.node(0).store().onNextLoss(found::release);
        cluster.node(0).store().disturb(Fault.LOST_REQUEST, 1);

        assertEnded(() -> hold.settle(10));

        assertThat(cluster.take(1, 10)).isTrue();
    }

    @Test
    void anEndWhoseOutcomeStaysUnknownSaysSo() {
        Hold hold = hold(3);
        cluster.node(0).store().disturb(Fault.LOST_REQUEST, 3);

        assertThatExceptionOfType(StoreException.OutcomeUnknown.class).isThrownBy(() -> hold.settle(3));

        assertThat(hold.settle(3)).isInstanceOf(Allowed.class);
        assertThat(used()).isEqualTo(3);
    }

    @Test
    void manyHoldsAtOnceNeverHoldMoreThanTheLimit() {
        AtomicInteger number = new AtomicInteger();

        List<Boolean> held = Together.run(32, () ->
                (number.getAndIncrement() % 2 == 0 ? here : there).reserve(cluster.request(1), MINUTE).hold().isPresent());

        assertThat(held.stream().filter(b -> b)).hasSize(10);
    }

    @Test
    void aVisitorsHoldIsAVisitorsAfterARestart() {
        cluster.fix.publish(TierPlan.of("anonymous", forLife(3)), TierPlan.of("registered", perDay(10)));
        Subject visitor = cluster.fix.visitor;
        Hold hold = here.reserve(cluster.fix.request(visitor, 3), MINUTE).hold().orElseThrow();

        there.hold(hold.id()).orElseThrow().settle(1);

        cluster.advance(Duration.ofSeconds(2));
        assertThat(cluster.engine(0).state(visitor, SOLUTION, "search").remaining()).isEqualTo(2);
    }

    @Test
    void aRequestThatCannotBeHeldAndALifetimeOutOfRangeAreRefused() {
        for (Duration lifetime : List.of(Duration.ZERO, Duration.ofMillis(999), Duration.ofHours(24).plusMillis(1))) {
            assertThatExceptionOfType(MarketplaceException.class)
                    .isThrownBy(() -> here.reserve(cluster.request(1), lifetime));
        }
        assertThatExceptionOfType(MarketplaceException.class)
                .isThrownBy(() -> here.reserve(cluster.request(1).onlyChecking(), MINUTE));
        assertThatExceptionOfType(MarketplaceException.class)
                .isThrownBy(() -> here.reserve(cluster.request(1).withIdempotencyKey("k"), MINUTE));
        Hold hold = hold(1);
        assertThatExceptionOfType(MarketplaceException.class).isThrownBy(() -> hold.settle(-1));
    }
}

package com.cloudnestle.marketplace.quota.internal;

import static com.cloudnestle.marketplace.quota.internal.QuotaFixture.SEARCH;
import static com.cloudnestle.marketplace.quota.internal.QuotaFixture.SOLUTION;
import static com.cloudnestle.marketplace.quota.internal.QuotaFixture.forLife;
import static com.cloudnestle.marketplace.quota.internal.QuotaFixture.perDay;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import com.cloudnestle.marketplace.catalog.CatalogEntry;
import com.cloudnestle.marketplace.catalog.Limit;
import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.catalog.Window;
import com.cloudnestle.marketplace.entitlement.Entitlement;
import com.cloudnestle.marketplace.quota.CarriedUsage.Carried;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Old daily sums become counters and history of the engine. It is noon in UTC. */
class CarriedCountsTest {

    private static final LocalDate TODAY = LocalDate.parse("2026-11-20");

    private final Cluster cluster = new Cluster(2, QuotaSettings.defaults().withLease(20),
            TierPlan.of("registered", perDay(1000), forLife(5000)));
    private final CarriedCounts carrying = new CarriedCounts(cluster.fix.clock);

    private Entitlement entitlement() {
        return cluster.fix.entitlements.find(cluster.fix.ann.customerId(), SOLUTION).orElseThrow();
    }

    private CatalogEntry solution() {
        return cluster.fix.catalog.require(SOLUTION);
    }

    private boolean write(Carried carried) {
        carried.history().forEach(cluster.fix.store::write);
        carried.history().forEach(cluster.fix.store::write);
        return cluster.fix.store.write(carried.counter()).applied();
    }

    private boolean carry(Map<LocalDate, Long> unitsByDay) {
        return write(carrying.carry(entitlement(), solution(), SEARCH, unitsByDay));
    }

    private boolean carryInto(Map<LocalDate, Long> unitsByDay) {
        return write(carrying.carryInto(cluster.item(), entitlement(), solution(), SEARCH, unitsByDay));
    }

    private long used(String window) {
        return cluster.engine(1).state(cluster.fix.ann, SOLUTION, SEARCH).window(window).orElseThrow().used();
    }

    @Test
    void eachWindowHasTheDaysThatFallIntoItAndTheHistoryHasAll() {
        carry(Map.of(TODAY.minusDays(40), 11L, TODAY.minusDays(1), 7L, TODAY, 5L));

        assertThat(used("day")).isEqualTo(5);
        assertThat(used("lifetime")).isEqualTo(23);
        assertThat(cluster.history(1))
                .containsOnly(entry(TODAY.minusDays(40), 11L), entry(TODAY.minusDays(1), 7L), entry(TODAY, 5L));
    }

    @Test
    void theCounterIsOneTheEngineGoesOnWith() {
        carry(Map.of(TODAY, 990L));

        assertThat(cluster.allowed(0, 30)).isEqualTo(10);
        cluster.advance(Duration.ofDays(1));
        assertThat(cluster.take(0)).isTrue();
        assertThat(cluster.history(0)).containsOnly(entry(TODAY, 1000L), entry(TODAY.plusDays(1), 1L));
    }

    @Test
    void moreThanTheLimitIsCarriedAsItWasAndRefusesTheNext() {
        carry(Map.of(TODAY, 1200L));

        assertThat(cluster.take(0)).isFalse();
        assertThat(used("day")).isEqualTo(1200);
    }

    @Test
    void aCounterThatExistsIsNotOverwritten() {
        cluster.take(0, 3);

        assertThat(carry(Map.of(TODAY, 5L))).isFalse();
        assertThat(cluster.taken(0, 1).state().window("day").orElseThrow().used()).isEqualTo(4);
    }

    @Test
    void unitsCarriedIntoACounterCountBesideItsOwn() {
        cluster.take(0, 3);
        cluster.engine(0).close();

        assertThat(carryInto(Map.of(TODAY.minusDays(2), 7L, TODAY, 5L))).isTrue();

        assertThat(used("day")).isEqualTo(8);
        assertThat(used("lifetime")).isEqualTo(15);
        assertThat(cluster.history(1)).containsOnly(entry(TODAY.minusDays(2), 7L), entry(TODAY, 8L));
        assertThat(cluster.allowed(1, 2000)).isEqualTo(992);
    }

    @Test
    void aBlockOutOnAnotherNodeStaysGoodAndCountsOnce() {
        cluster.take(0, 3);
        carryInto(Map.of(TODAY, 5L));

        assertThat(cluster.take(0, 10)).isTrue();
        cluster.engine(0).close();

        assertThat(cluster.stored("u:day")).isEqualTo(18);
        assertThat(cluster.history(1)).containsOnly(entry(TODAY, 18L));
    }

    @Test
    void intoACounterOfAnEarlierDayTheUnitsOfTodayStandAloneAndInTheHistory() {
        cluster.take(0, 3);
        cluster.engine(0).close();
        cluster.advance(Duration.ofDays(1));

        assertThat(carryInto(Map.of(TODAY.plusDays(1), 5L))).isTrue();

        assertThat(used("day")).isEqualTo(5);
        assertThat(used("lifetime")).isEqualTo(8);
        assertThat(cluster.history(1)).containsOnly(entry(TODAY, 3L), entry(TODAY.plusDays(1), 5L));
        cluster.take(1, 2);
        assertThat(cluster.history(1)).containsOnly(entry(TODAY, 3L), entry(TODAY.plusDays(1), 7L));
    }

    @Test
    void aResetMeanwhileKeepsTheUnitsOut() {
        cluster.take(0, 3);
        Carried carried = carrying.carryInto(cluster.item(), entitlement(), solution(), SEARCH, Map.of(TODAY, 5L));
        cluster.engine(1).reset(cluster.fix.ann, SOLUTION, "admin");

        assertThat(write(carried)).isFalse();
    }

    @Test
    void aDayThatMayHaveReachedIntoAWindowCounts() {
        ZoneId tokyo = ZoneId.of("Asia/Tokyo"); // where it is 9 in the evening of the same day, begun at 3 p.m. UTC the day before
        cluster.fix.publish(TierPlan.of("registered", new Limit(SEARCH, new Window.Day(tokyo), 100)));
        carry(Map.of(TODAY.minusDays(1), 7L, TODAY, 5L));
        assertThat(used("day")).isEqualTo(5);

        cluster.advance(Duration.ofHours(6)); // 3 in the morning of tomorrow there
        Carried evening = carrying.carry(entitlement(), solution(), SEARCH, Map.of(TODAY, 5L, TODAY.plusDays(1), 2L));
        assertThat(((com.cloudnestle.marketplace.store.Write.Put) evening.counter()).item().number("u:day")).hasValue(7);
    }

    @Test
    void negativeUnitsAreRefused() {
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> carry(Map.of(TODAY, -1L)));
    }
}

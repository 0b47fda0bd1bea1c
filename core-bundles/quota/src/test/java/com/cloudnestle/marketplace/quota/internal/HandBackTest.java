package com.cloudnestle.marketplace.quota.internal;

import static com.cloudnestle.marketplace.quota.internal.QuotaFixture.SOLUTION;
import static com.cloudnestle.marketplace.quota.internal.QuotaFixture.forLife;
import static com.cloudnestle.marketplace.quota.internal.QuotaFixture.perDay;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.quota.Decision.Allowed;
import com.cloudnestle.marketplace.quota.Subject;
import com.cloudnestle.marketplace.quota.internal.NodeStore.Fault;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Units counted ahead that nobody used. */
class HandBackTest {

    private static final QuotaSettings LEASED = QuotaSettings.defaults().withLease(20);
    private static final Duration IDLE = Duration.ofSeconds(30);

    private final Cluster cluster = new Cluster(2, LEASED, TierPlan.of("registered", perDay(1000), forLife(5000)));

    private void tick(int node) {
        cluster.engine(node).tick();
    }

    private void idle(int node) {
        tick(node);
        cluster.advance(IDLE);
        tick(node);
    }

    @Test
    void anIdleBlockGoesBackAndIsNotUsedAfterwards() {
        cluster.allowed(0, 3);
        tick(0);
        cluster.advance(IDLE.minusMillis(1));
        tick(0);
        assertThat(cluster.stored("u:day")).isEqualTo(20);

        cluster.advance(Duration.ofMillis(1));
        tick(0);

        assertThat(cluster.stored("u:day")).isEqualTo(3);
        assertThat(cluster.stored("u:lifetime")).isEqualTo(3);
        assertThat(cluster.stored("h")).isEqualTo(3);
        assertThat(cluster.engine(0).metrics().unitsHandedBack()).isEqualTo(17);
        assertThat(cluster.allowed(1, 2000)).isEqualTo(997);
        assertThat(cluster.take(0)).isFalse();
    }

    @Test
    void aBlockInUseStays() {
        cluster.take(0);
        for (int i = 0; i < 10; i++) {
            tick(0);
            cluster.take(0);
            cluster.advance(Duration.ofSeconds(29));
        }
        tick(0);

        assertThat(cluster.node(0).store().changes()).isEqualTo(1);
    }

    @Test
    void theNextBlockIsAsSmallAsWhatWasUsedAndGrowsByDoubling() {
        cluster.allowed(0, 3);
        idle(0);

        cluster.take(0);
        assertThat(cluster.stored("u:day")).isEqualTo(3 + 3);
        cluster.allowed(0, 3);
        assertThat(cluster.stored("u:day")).isEqualTo(3 + 3 + 6);
        cluster.allowed(0, 6);
        assertThat(cluster.stored("u:day")).isEqualTo(3 + 3 + 6 + 12);
        cluster.allowed(0, 12);
        assertThat(cluster.stored("u:day")).isEqualTo(3 + 3 + 6 + 12 + 20);
    }

    @Test
    void anOrderlyStopHandsBackEverythingOfEverybody() {
        QuotaFixture fix = cluster.fix;
        fix.publish(TierPlan.of("anonymous", forLife(1000)), TierPlan.of("registered", perDay(1000)));
        for (int i = 0; i < 100; i++) {
            cluster.engine(0).decide(fix.request(new Subject.Visitor("anon_" + i), 1));
        }

        cluster.engine(0).close(Duration.ofMinutes(5));

        for (int i = 0; i < 100; i++) {
            Subject visitor = new Subject.Visitor("anon_" + i);
            assertThat(fix.store.get(Cluster.counter(visitor)).orElseThrow().number("u:lifetime")).hasValue(1);
        }
        assertThat(cluster.engine(0).metrics().liveBlocks()).isZero();
        assertThat(cluster.engine(0).metrics().unitsLost()).isZero();
    }

    @Test
    void whatCannotBeHandedBackAtTheStopIsReportedAsLost() {
        cluster.take(0);
        cluster.node(0).store().disturb(Fault.REFUSED, 100);

        cluster.engine(0).close();

        assertThat(cluster.engine(0).metrics().unitsLost()).isEqualTo(19);
    }

    @Test
    void aHandBackThatFailsIsMadeLater() {
        cluster.take(0);
        cluster.node(0).store().disturb(Fault.REFUSED, 1);
        idle(0);
        assertThat(cluster.stored("u:day")).isEqualTo(20);

        tick(0);

        assertThat(cluster.stored("u:day")).isEqualTo(1);
        assertThat(cluster.engine(0).metrics().unitsLost()).isZero();
    }

    @Test
    void aBlockDiesWithItsDayAndItsUnitsOfLongerWindowsComeBackInTheNextWrite() {
        cluster.allowed(0, 3);
        cluster.advance(Duration.ofHours(12)); // midnight

        assertThat(cluster.take(0)).isTrue();

        assertThat(cluster.node(0).store().changes()).isEqualTo(2);
        assertThat(cluster.stored("u:lifetime")).isEqualTo(3 + 20);
        assertThat(cluster.stored("u:day")).isEqualTo(20);
        assertThat(cluster.journal("2026-11-20")).isEqualTo(3);
        assertThat(cluster.engine(0).metrics().unitsLost()).isEqualTo(17); // of a day that is over
    }

    @Test
    void aDeadBlockThatNobodyAsksForIsSettledByTheSweeper() {
        cluster.allowed(0, 3);
        cluster.advance(Duration.ofHours(12));

        tick(0);

        assertThat(cluster.stored("u:lifetime")).isEqualTo(3);
        assertThat(cluster.stored("h")).isEqualTo(3);
    }

    @Test
    void whatIsHandedBackAfterAnotherNodeTurnedTheDayIsTakenOutOfTheJournal() {
        cluster.allowed(0, 3);
        cluster.take(1);
        cluster.advance(Duration.ofHours(12));
        cluster.take(1);
        assertThat(cluster.journal("2026-11-20")).isEqualTo(20 + 1);

        tick(0);

        assertThat(cluster.journal("2026-11-20")).isEqualTo(3 + 1);
        assertThat(cluster.stored("u:lifetime")).isEqualTo(3 + 1 + 20);
    }

    @Test
    void aTierChangeDropsTheBlockAtOnce() {
        cluster.fix.publish(TierPlan.of("registered", perDay(1000)), TierPlan.of("small", perDay(100)));
        cluster.take(0);
        cluster.advance(Duration.ofMillis(1));
        cluster.fix.tier("small");

        assertThat(cluster.allowed(0, 300)).isEqualTo(100);
        assertThat(cluster.stored("h")).isEqualTo(101);
    }

    @Test
    void aTierChangeThatKeepsTheCountHandsTheRestBack() {
        Cluster keeping = new Cluster(1, LEASED.keepingUsageOn("registered>plus"), TierPlan.of("registered", perDay(1000)));
        keeping.fix.publish(TierPlan.of("registered", perDay(1000)), TierPlan.of("plus", perDay(2000), forLife(9000)));
        keeping.allowed(0, 5);
        keeping.advance(Duration.ofMillis(1));
        keeping.fix.tier("plus");

        assertThat(keeping.taken(0, 1).state().window("day").orElseThrow().used()).isEqualTo(6);
        keeping.engine(0).close();
        assertThat(keeping.stored("u:day")).isEqualTo(6);
        assertThat(keeping.stored("u:lifetime")).isEqualTo(1);
        assertThat(keeping.stored("h")).isEqualTo(6);
    }

    @Test
    void unitsGivenBackGoToTheBlockTheyCameFromWithoutAWrite() {
        Allowed failed = cluster.taken(0, 4);
        int before = cluster.node(0).store().changes();

        cluster.engine(0).giveBack(failed.receipt().orElseThrow());

        assertThat(cluster.node(0).store().changes()).isEqualTo(before);
        assertThat(cluster.taken(0, 1).state().window("day").orElseThrow().used()).isEqualTo(1);
    }

    @Test
    void unitsOfASmallLimitGoToTheStoreWhereOtherNodesSeeThem() {
        Cluster small = new Cluster(2, LEASED, TierPlan.of("registered", perDay(10)));
        Allowed failed = small.taken(0, 10);

        small.engine(0).giveBack(failed.receipt().orElseThrow());

        assertThat(small.take(1, 10)).isTrue();
        assertThat(small.stored("h")).isEqualTo(10);
    }

    @Test
    void unitsOfABlockThatWasHandedBackGoToTheStoreOnce() {
        Allowed failed = cluster.taken(0, 4);
        idle(0);

        cluster.node(0).store().disturb(Fault.DUPLICATED, 2);
        cluster.engine(0).giveBack(failed.receipt().orElseThrow());
        cluster.engine(0).giveBack(failed.receipt().orElseThrow());

        assertThat(cluster.stored("u:day")).isZero();
        assertThat(cluster.stored("h")).isZero();
    }

    @Test
    void whatTheSubjectDoesNotUseIsForgottenAfterAMinute() {
        cluster.allowed(0, 20);
        assertThat(cluster.engine(0).metrics().accounts()).isEqualTo(1);
        cluster.advance(Duration.ofSeconds(59));
        tick(0);
        assertThat(cluster.engine(0).metrics().accounts()).isEqualTo(1);
        cluster.advance(Duration.ofSeconds(1));
        tick(0);

        assertThat(cluster.engine(0).metrics().accounts()).isZero();
        assertThat(cluster.taken(0, 1).state().window("day").orElseThrow().used()).isEqualTo(21);
    }

    @Test
    void noMoreAccountsStayInMemoryThanAllowed() {
        Cluster bounded = new Cluster(1, LEASED.withMaxAccounts(10),
                TierPlan.of("anonymous", forLife(1000)), TierPlan.of("registered", perDay(1000)));
        for (int i = 0; i < 30; i++) {
            bounded.engine(0).decide(bounded.fix.request(new Subject.Visitor("anon_" + i), 1));
            bounded.advance(Duration.ofMillis(10));
        }
        bounded.engine(0).tick();

        assertThat(bounded.engine(0).metrics().accounts()).isEqualTo(10);
        assertThat(bounded.fix.store.get(Cluster.counter(new Subject.Visitor("anon_0"))).orElseThrow().number("u:lifetime"))
                .hasValue(1);
        assertThat(bounded.fix.store.get(Cluster.counter(new Subject.Visitor("anon_29"))).orElseThrow().number("u:lifetime"))
                .hasValue(20);
    }

    @Test
    void aResetOnAnotherNodeVoidsWhatThisOneHasLeftOfTheOldCount() {
        cluster.take(0);
        cluster.engine(1).reset(cluster.fix.ann, SOLUTION, "admin");
        idle(0);

        assertThat(cluster.stored("u:day")).isZero();
        assertThat(cluster.stored("h")).isEqualTo(1);
    }
}

package com.cloudnestle.marketplace.quota.internal;

import static com.cloudnestle.marketplace.quota.internal.QuotaFixture.SOLUTION;
import static com.cloudnestle.marketplace.quota.internal.QuotaFixture.perDay;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.quota.Decision.Allowed;
import com.cloudnestle.marketplace.quota.Decision.Denied;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A client over its limit that goes on calling costs nothing, and gets what becomes free. */
class RefusedFromMemoryTest {

    private final Cluster cluster = new Cluster(2, QuotaSettings.defaults(), TierPlan.of("registered", perDay(10)));

    private int cost(int node) {
        NodeStore store = cluster.node(node).store();
        return store.changes() + store.reads.get();
    }

    @Test
    void aThousandRefusalsCostNoWriteAndOneRead() {
        cluster.allowed(0, 10);
        int writes = cluster.node(0).store().changes();
        int reads = cluster.node(0).store().reads.get();

        assertThat(cluster.allowed(0, 1000)).isZero();

        assertThat(cluster.node(0).store().changes()).isEqualTo(writes);
        assertThat(cluster.node(0).store().reads.get()).isLessThanOrEqualTo(reads + 1);
    }

    @Test
    void whereNobodyElseWritesARefusalHoldsUntilTheWindowEnds() {
        QuotaFixture alone = new QuotaFixture();
        NodeStore store = new NodeStore(alone.store);
        QuotaEngine engine = alone.over(store);
        alone.tier("registered");
        for (int i = 0; i < 11; i++) {
            engine.decide(alone.request(alone.ann, 1));
        }
        int before = store.reads.get() + store.changes();
        alone.clock.advance(Duration.ofHours(11));

        assertThat(engine.decide(alone.request(alone.ann, 1))).isInstanceOf(Denied.class);
        assertThat(store.reads.get() + store.changes()).isEqualTo(before);
        alone.clock.advance(Duration.ofHours(1));
        assertThat(engine.decide(alone.request(alone.ann, 1))).isInstanceOf(Allowed.class);
    }

    @Test
    void aLargerRequestIsRefusedFromMemoryAndASmallerOneIsNot() {
        cluster.take(0, 8);
        assertThat(cluster.take(0, 3)).isFalse();
        int before = cost(0);

        assertThat(cluster.take(0, 5)).isFalse();
        assertThat(cost(0)).isEqualTo(before);
        assertThat(cluster.take(0, 2)).isTrue();
    }

    @Test
    void aUnitGivenBackHereIsFreeAtOnce() {
        Allowed failed = cluster.taken(0, 10);
        assertThat(cluster.take(0)).isFalse();

        cluster.engine(0).giveBack(failed.receipt().orElseThrow());

        assertThat(cluster.take(0)).isTrue();
    }

    @Test
    void aUnitGivenBackElsewhereIsFreeWithinFiveSeconds() {
        Allowed failed = cluster.taken(0, 10);
        assertThat(cluster.take(1)).isFalse();
        cluster.engine(0).giveBack(failed.receipt().orElseThrow());

        cluster.advance(Duration.ofMillis(4999));
        assertThat(cluster.take(1)).isFalse();
        cluster.advance(Duration.ofMillis(1));
        assertThat(cluster.take(1)).isTrue();
    }

    @Test
    void aClockSetBackDoesNotMakeARefusalLast() {
        Allowed failed = cluster.taken(0, 10);
        assertThat(cluster.take(1)).isFalse();
        cluster.engine(0).giveBack(failed.receipt().orElseThrow());

        cluster.node(1).clock().advance(Duration.ofHours(-1));

        assertThat(cluster.take(1)).isTrue();
    }

    @Test
    void aResetOrATierChangeEndsIt() {
        cluster.allowed(0, 11);
        cluster.engine(0).reset(cluster.fix.ann, SOLUTION, "admin");
        assertThat(cluster.allowed(0, 11)).isEqualTo(10);

        cluster.fix.publish(TierPlan.of("registered", perDay(10)), TierPlan.of("plus", perDay(20)));
        cluster.advance(Duration.ofMillis(1));
        cluster.fix.clock.advance(Duration.ofMillis(1));
        cluster.fix.tier("plus");
        assertThat(cluster.allowed(0, 30)).isEqualTo(20);
    }
}

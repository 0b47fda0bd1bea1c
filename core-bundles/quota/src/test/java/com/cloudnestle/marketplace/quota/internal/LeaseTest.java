package com.cloudnestle.marketplace.quota.internal;

import static com.cloudnestle.marketplace.quota.internal.QuotaFixture.forLife;
import static com.cloudnestle.marketplace.quota.internal.QuotaFixture.perDay;
import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.quota.Decision.Allowed;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.Write;
import com.cloudnestle.marketplace.store.WriteResult;
import com.cloudnestle.marketplace.testing.ForwardingStore;
import com.cloudnestle.marketplace.testing.Together;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a decision costs in writes, and how far a node goes ahead. */
class LeaseTest {

    private static final QuotaSettings LEASED = QuotaSettings.defaults().withLease(20);

    private static Cluster cluster(int nodes, QuotaSettings settings, long limit) {
        return new Cluster(nodes, settings, TierPlan.of("registered", perDay(limit)));
    }

    @ParameterizedTest
    @CsvSource({"1, 1000", "20, 50", "100, 10"})
    void aThousandDecisionsTakeThisManyWrites(int lease, int most) {
        Cluster cluster = cluster(1, LEASED.withLease(lease), 1_000_000);

        assertThat(cluster.allowed(0, 1000)).isEqualTo(1000);

        assertThat(cluster.node(0).store().changes()).isEqualTo(most);
        assertThat(cluster.node(0).store().reads.get()).isEqualTo(1);
        assertThat(cluster.engine(0).metrics().storeWrites()).isEqualTo(most);
        assertThat(cluster.engine(0).metrics().decisions()).isEqualTo(1000);
    }

    @ParameterizedTest
    @CsvSource({"1, 2000", "20, 101", "100, 21"})
    void theTurnOfADayCostsOneTransactionPerKey(int lease, int most) {
        Cluster cluster = cluster(1, LEASED.withLease(lease), 1_000_000);
        cluster.allowed(0, 1000);
        cluster.advance(Duration.ofDays(1));
        cluster.allowed(0, 1000);

        assertThat(cluster.node(0).store().changes()).isLessThanOrEqualTo(most);
        assertThat(cluster.node(0).store().transactions.get()).isEqualTo(1);
    }

    @Test
    void everyUnitIsInTheStoreBeforeItIsHandedOut() {
        Cluster cluster = cluster(2, LEASED, 1000);
        for (int i = 1; i <= 1000; i++) {
            if (cluster.take(i % 2)) {
                assertThat(cluster.stored("u:day")).isGreaterThanOrEqualTo(i);
            }
        }
    }

    @Test
    void smallLimitsAreNotCountedAhead() {
        Cluster cluster = cluster(1, LEASED, 99);
        cluster.take(0);
        assertThat(cluster.stored("u:day")).isEqualTo(1);

        Cluster larger = cluster(1, LEASED, 100);
        larger.take(0);
        assertThat(larger.stored("u:day")).isGreaterThan(1);
    }

    @Test
    void unlimitedTiersAreCountedAheadToo() {
        Cluster cluster = new Cluster(1, LEASED, TierPlan.of("pro", forLife(-1)));

        assertThat(cluster.allowed(0, 200)).isEqualTo(200);
        assertThat(cluster.node(0).store().changes()).isEqualTo(10);
        assertThat(cluster.engine(0).state(cluster.fix.ann, "finder", "search").binding().orElseThrow().used())
                .isEqualTo(200);
    }

    @Test
    void aNodeTakesAnEighthOfWhatIsLeftDividedByTheNodes() {
        Cluster cluster = cluster(2, LEASED.withLease(100), 160);

        cluster.take(0);

        assertThat(cluster.stored("u:day")).isEqualTo(160 / (8 * 2));
    }

    @Test
    void aBlockIsNeverLargerThanTheLeaseUnlessAskedFor() {
        Cluster cluster = cluster(1, LEASED.withLease(20), 1_000_000);
        cluster.take(0, 3);
        assertThat(cluster.stored("u:day")).isEqualTo(20);

        cluster.take(0, 500);
        assertThat(cluster.stored("u:day")).isEqualTo(503);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 20", "3, 1", "3, 20", "3, 100"})
    void theLastUnitIsGivenAndNotOneMore(int nodes, int lease) {
        Cluster cluster = cluster(nodes, LEASED.withLease(lease), 1000);
        int allowed = 0;
        for (int i = 0; i < 3000; i++) {
            allowed += cluster.take(i % nodes) ? 1 : 0;
        }

        assertThat(allowed).isEqualTo(1000);
    }

    @Test
    void unitsLeftOfABlockGoIntoTheNextOne() {
        Cluster cluster = cluster(1, LEASED.withLease(20), 1_000_000);
        cluster.take(0, 15);
        cluster.take(0, 10);

        assertThat(cluster.taken(0, 1).state().binding().orElseThrow().used()).isEqualTo(26);
        cluster.engine(0).close();
        assertThat(cluster.stored("u:day")).isEqualTo(26);
        assertThat(cluster.engine(0).metrics().unitsLost()).isZero();
    }

    @Test
    void answersShowWhatWasUsedAndNotWhatWasCountedAhead() {
        Cluster cluster = cluster(1, LEASED, 1000);
        for (int i = 1; i <= 30; i++) {
            assertThat(cluster.taken(0, 1).state().remaining()).isEqualTo(1000 - i);
        }
        assertThat(cluster.engine(0).state(cluster.fix.ann, "finder", "search").remaining()).isEqualTo(970);
        assertThat(cluster.engine(0).decide(cluster.request(1).onlyChecking()).state().remaining()).isEqualTo(970);
    }

    @Test
    void callsThatWaitForAWriteShareTheNextOne() throws Exception {
        CountDownLatch firstIsWriting = new CountDownLatch(1);
        CountDownLatch othersWait = new CountDownLatch(1);
        AtomicInteger writes = new AtomicInteger();
        QuotaFixture fix = new QuotaFixture(LEASED.strict());
        fix.tier("pro");
        Store slow = new ForwardingStore(fix.store) {
            @Override
            public WriteResult write(Write write) {
                if (writes.getAndIncrement() == 0) {
                    firstIsWriting.countDown();
                    await(othersWait);
                }
                return super.write(write);
            }
        };
        QuotaEngine engine = fix.over(slow);
        Thread first = new Thread(() -> engine.decide(fix.request(fix.ann, 1)));
        first.start();
        await(firstIsWriting);
        AtomicInteger arriving = new AtomicInteger();
        Thread opener = new Thread(() -> {
            // the account's lock shows who waits; there is no other way to know that all have arrived
            while (arriving.get() < 32 || engine.waiting(fix.ann, "finder", "search") < 33) {
                Thread.onSpinWait();
            }
            othersWait.countDown();
        });
        opener.start();

        List<Boolean> allowed = Together.run(32, () -> {
            arriving.incrementAndGet();
            return engine.decide(fix.request(fix.ann, 1)) instanceof Allowed;
        });
        first.join();
        opener.join();

        assertThat(allowed).hasSize(32).containsOnly(true);
        assertThat(writes.get()).isEqualTo(2);
        assertThat(engine.state(fix.ann, "finder", "search").binding().orElseThrow().used()).isEqualTo(33);
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(60, java.util.concurrent.TimeUnit.SECONDS)) {
                throw new AssertionError("nobody came");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void parallelCallersOnSeveralNodesGetExactlyTheLimit() {
        for (long limit : new long[] {7, 64, 100, 500}) {
            Cluster cluster = cluster(3, LEASED, limit);
            AtomicInteger number = new AtomicInteger();

            List<Integer> allowed = Together.run(48, () -> cluster.allowed(number.getAndIncrement() % 3, 30));
            for (int node = 0; node < 3; node++) {
                cluster.engine(node).close(); // what others could not get at
            }
            cluster.advance(Duration.ofSeconds(5)); // as long as a node remembers that it was refused
            int rest = cluster.allowed(0, 1000);

            assertThat(allowed.stream().mapToInt(i -> i).sum() + rest).isEqualTo((int) limit);
            assertThat(cluster.stored("u:day")).isEqualTo(limit);
        }
    }
}

package com.cloudnestle.marketplace.quota.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.quota.Decision;
import com.cloudnestle.marketplace.quota.Subject;
import com.cloudnestle.marketplace.store.Page;
import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.store.StoreException;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.TransactResult;
import com.cloudnestle.marketplace.store.Write;
import com.cloudnestle.marketplace.store.WriteResult;
import com.cloudnestle.marketplace.testing.ForwardingStore;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class UsageDataTest {

    private final QuotaFixture world = new QuotaFixture();
    private final UsageData data = new UsageData(world.quotas, world.catalog, world.clock);

    UsageDataTest() {
        world.tier("registered");
    }

    private String dump() {
        Page page = world.store.scan(Table.USAGE, 1_000, null);
        return page.items().toString();
    }

    private Subject.User used() {
        world.allowed(world.ann, 4);
        world.clock.advance(Duration.ofDays(40));
        world.quotas.decide(world.request(world.ann, 2).withIdempotencyKey("once"));
        return world.ann;
    }

    @Test
    void tellsTheUnitsOfEveryDay() {
        used();

        assertThat(data.export(world.ann.customerId())).isEqualTo(
                "[{\"day\":\"2026-11-20\",\"solution_id\":\"finder\",\"action\":\"search\",\"units\":4},"
                        + "{\"day\":\"2026-12-30\",\"solution_id\":\"finder\",\"action\":\"search\",\"units\":2}]");
    }

    @Test
    void leavesNothingOfOnePersonAndAllOfOthers() {
        Subject.User bob = new Subject.User(world.customers.findOrCreate("bob@example.com").id());
        world.entitlements.grant(bob.customerId(), QuotaFixture.SOLUTION, "registered", "test");
        world.allowed(bob, 3);
        used();
        assertThat(dump()).contains(world.ann.customerId());

        data.erase(world.ann.customerId(), "test");
        data.erase(world.ann.customerId(), "test");

        assertThat(dump()).doesNotContain(world.ann.customerId()).contains(bob.customerId());
        assertThat(data.export(world.ann.customerId())).isEqualTo("[]");
        assertThat(data.export(bob.customerId())).contains("\"units\":3");
    }

    @Test
    void whatThisNodeHadAtHandIsNotGivenBackToAnybody() {
        world.publish(com.cloudnestle.marketplace.catalog.TierPlan.of("registered", QuotaFixture.perDay(1_000)));
        world.allowed(world.ann, 10);
        assertThat(world.quotas.metrics().liveBlocks()).isEqualTo(1);

        data.erase(world.ann.customerId(), "test");
        assertThat(world.quotas.metrics().liveBlocks()).isZero();
        world.clock.advance(Duration.ofMinutes(5));
        world.quotas.tick();
        world.quotas.close();

        assertThat(dump()).doesNotContain(world.ann.customerId());
        assertThat(world.quotas.metrics().unitsLost()).isZero();
    }

    @Test
    void isDoneByASecondTryWhereverTheFirstOneWasCutOff() {
        for (int writes = 0; ; writes++) {
            UsageDataTest again = new UsageDataTest();
            again.used();
            Cut cut = new Cut(again.world.store, writes);
            boolean whole = true;
            try {
                new UsageData(again.world.over(cut), again.world.catalog, again.world.clock)
                        .erase(again.world.ann.customerId(), "test");
            } catch (StoreException e) {
                whole = false;
            }

            again.data.erase(again.world.ann.customerId(), "test");

            assertThat(again.dump()).as("cut off after %d writes", writes).doesNotContain(again.world.ann.customerId());
            if (whole) {
                assertThat(writes).isGreaterThan(2);
                return;
            }
        }
    }

    @Test
    void aNewCountBeginsAtZero() {
        world.allowed(world.ann, 10);
        assertThat(world.take(world.ann)).isInstanceOf(Decision.Denied.class);

        data.erase(world.ann.customerId(), "test");

        assertThat(world.allowed(world.ann, 20)).isEqualTo(10);
    }

    /** Fails after so many writes. */
    private static final class Cut extends ForwardingStore {
        private int left;

        Cut(Store inner, int left) {
            super(inner);
            this.left = left;
        }

        private void count() {
            if (left-- <= 0) {
                throw new StoreException.Unavailable("cut off");
            }
        }

        @Override
        public WriteResult write(Write write) {
            count();
            return super.write(write);
        }

        @Override
        public TransactResult transact(List<Write> writes) {
            count();
            return super.transact(writes);
        }
    }
}

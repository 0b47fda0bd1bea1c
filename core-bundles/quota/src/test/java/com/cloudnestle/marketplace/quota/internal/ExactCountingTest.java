package com.cloudnestle.marketplace.quota.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudnestle.marketplace.catalog.TierPlan;
import com.cloudnestle.marketplace.quota.AccessRequest;
import com.cloudnestle.marketplace.quota.Decision;
import com.cloudnestle.marketplace.quota.Decision.Allowed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Allowed never exceeds the limit, whatever runs at the same time. Counted outside the service. */
class ExactCountingTest {

    private final QuotaFixture fix = new QuotaFixture();

    private static <T> List<T> together(int threads, Callable<T> call) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        CyclicBarrier start = new CyclicBarrier(threads);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                futures.add(pool.submit(() -> {
                    start.await();
                    return call.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void sixtyFourParallelCallersOnALimitOfTenGetExactlyTen() throws Exception {
        fix.tier("registered");

        List<Decision> decisions = together(64, () -> fix.take(fix.ann));

        assertThat(decisions).filteredOn(Allowed.class::isInstance).hasSize(10);
        assertThat(fix.remaining(fix.ann)).isZero();
    }

    @Test
    void parallelCallersWithOneKeyTakeOnce() throws Exception {
        fix.tier("registered");
        AccessRequest request = fix.request(fix.ann, 1).withIdempotencyKey("same");

        List<Decision> decisions = together(32, () -> fix.quotas.decide(request));

        assertThat(decisions).allMatch(Allowed.class::isInstance);
        assertThat(decisions).filteredOn(d -> !((Allowed) d).replayed()).hasSize(1);
        assertThat(fix.remaining(fix.ann)).isEqualTo(9);
    }

    @Test
    void theTurnOfTheDayUnderLoadGivesEachDayItsLimit() throws Exception {
        fix.tier("registered");
        fix.clock.set(java.time.Instant.parse("2026-11-20T23:59:59Z"));
        AtomicLong calls = new AtomicLong();
        CountDownLatch turned = new CountDownLatch(1);

        List<Integer> allowed = together(16, () -> {
            int mine = 0;
            for (int i = 0; i < 20; i++) {
                long call = calls.incrementAndGet();
                if (call == 100) {
                    fix.clock.advance(Duration.ofSeconds(1)); // amid up to 15 others
                    turned.countDown();
                } else if (call > 100) { // else all calls may be over before the clock is moved
                    assertThat(turned.await(60, TimeUnit.SECONDS)).isTrue();
                }
                mine += fix.take(fix.ann) instanceof Allowed ? 1 : 0;
            }
            return mine;
        });

        assertThat(allowed.stream().mapToInt(i -> i).sum()).isEqualTo(20);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void randomUnitsAndReturnsNeverLeaveMoreOutThanTheLimit(long seed) throws Exception {
        fix.publish(TierPlan.of("registered", QuotaFixture.perDay(1000)));
        fix.tier("registered");
        AtomicLong held = new AtomicLong();
        AtomicLong most = new AtomicLong();
        AtomicLong number = new AtomicLong();
        AtomicLong refused = new AtomicLong();

        together(8, () -> {
            Random random = new Random(seed * 100 + number.incrementAndGet());
            for (int i = 0; i < 200; i++) {
                long units = 1 + random.nextInt(9);
                if (fix.quotas.decide(fix.request(fix.ann, units)) instanceof Allowed allowed) {
                    most.accumulateAndGet(held.addAndGet(units), Math::max);
                    if (random.nextInt(4) == 0) {
                        held.addAndGet(-units); // before the return: what is held here is never more than what is taken
                        fix.quotas.giveBack(allowed.receipt().orElseThrow());
                    }
                } else {
                    refused.incrementAndGet();
                }
            }
            return null;
        });

        assertThat(most.get()).isLessThanOrEqualTo(1000);
        assertThat(1000 - fix.remaining(fix.ann)).isEqualTo(held.get());
        assertThat(refused.get()).as("demand exceeded the limit, so the run means something").isPositive();
        assertThat(fix.allowed(fix.ann, 1000)).as("what is left after it").isEqualTo(1000 - (int) held.get());
    }
}

package com.cloudnestle.marketplace.benchmarks.jmh;

import io.github.bucket4j.Bucket;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * How long rate limiters take that know neither entitlements nor durability, for the same customers as {@link DecisionLatency}.
 * They too look their counter up by a text in a map.
 */
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
public class LimiterLatency {

    private static final long PLENTY = 1_000_000_000L;

    private String[] customers;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();
    private final Map<String, RateLimiter> limiters = new ConcurrentHashMap<>();

    @Setup(Level.Trial)
    public void start() throws IOException {
        customers = Prepared.customers();
        RateLimiterConfig plenty = RateLimiterConfig.custom()
                .limitForPeriod(Integer.MAX_VALUE)
                .limitRefreshPeriod(Duration.ofDays(1))
                .timeoutDuration(Duration.ZERO)
                .build();
        for (String customer : customers) {
            buckets.put(customer, Bucket.builder()
                    .addLimit(limit -> limit.capacity(PLENTY).refillIntervally(PLENTY, Duration.ofDays(1)))
                    .build());
            limiters.put(customer, RateLimiter.of(customer, plenty));
        }
    }

    private String any() {
        return customers[ThreadLocalRandom.current().nextInt(customers.length)];
    }

    /** What measuring alone takes. */
    @Benchmark
    public String nothing() {
        return any();
    }

    @Benchmark
    public boolean bucket4j() {
        return buckets.get(any()).tryConsume(1);
    }

    @Benchmark
    public boolean resilience4j() {
        return limiters.get(any()).acquirePermission(1);
    }
}

package com.cloudnestle.marketplace.benchmarks.jmh;

import com.cloudnestle.marketplace.entitlement.SolutionTokens.TokenHolder;
import com.cloudnestle.marketplace.quota.AccessRequest;
import com.cloudnestle.marketplace.quota.Decision;
import com.cloudnestle.marketplace.quota.Subject;
import io.github.bucket4j.Bucket;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * How long one decision takes, over all prepared entitlements at random, beside rate limiters that know neither
 * entitlements nor durability. All look their counter up by a text in a map.
 */
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
public class DecisionLatency {

    private Prepared prepared;
    private Marketplace marketplace;
    private AccessRequest[] requests;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();
    private final Map<String, RateLimiter> limiters = new ConcurrentHashMap<>();

    @Setup(Level.Trial)
    public void start() throws IOException {
        prepared = Prepared.copy();
        marketplace = Marketplace.onDisk(prepared.directory, com.cloudnestle.marketplace.benchmarks.jmh.Mode.LEASED.settings());
        requests = new AccessRequest[prepared.customers.length];
        RateLimiterConfig plenty = RateLimiterConfig.custom()
                .limitForPeriod(Integer.MAX_VALUE)
                .limitRefreshPeriod(Duration.ofDays(1))
                .timeoutDuration(Duration.ZERO)
                .build();
        for (int i = 0; i < requests.length; i++) {
            String customer = prepared.customers[i];
            requests[i] = AccessRequest.one(new Subject.User(customer), Marketplace.SOLUTION, Marketplace.ACTION);
            buckets.put(customer, Bucket.builder()
                    .addLimit(limit -> limit.capacity(1_000_000_000L).refillIntervally(1_000_000_000L, Duration.ofDays(1)))
                    .build());
            limiters.put(customer, RateLimiter.of(customer, plenty));
        }
        // the first use of an entitlement reads it and takes its first units from the store: that belongs to a start, not to a decision
        IntStream.range(0, requests.length).parallel().forEach(i -> decideByToken(prepared.tokens[i]));
    }

    @TearDown(Level.Trial)
    public void stop() throws IOException {
        marketplace.close();
        prepared.close();
    }

    private int any() {
        return ThreadLocalRandom.current().nextInt(requests.length);
    }

    /** What measuring alone takes. */
    @Benchmark
    public int nothing() {
        return any();
    }

    /** A decision for a subject that is known already. */
    @Benchmark
    public Decision decide() {
        return marketplace.quota.decide(requests[any()]);
    }

    /** A decision from the token's text: hash, token, entitlement, count. */
    @Benchmark
    public Decision authenticateAndDecide() {
        return decideByToken(prepared.tokens[any()]);
    }

    private Decision decideByToken(String token) {
        TokenHolder holder = marketplace.tokens.authenticate(token);
        return marketplace.quota.decide(
                AccessRequest.one(new Subject.User(holder.customerId()), holder.solutionId(), Marketplace.ACTION));
    }

    @Benchmark
    public boolean bucket4j() {
        return buckets.get(prepared.customers[any()]).tryConsume(1);
    }

    @Benchmark
    public boolean resilience4j() {
        return limiters.get(prepared.customers[any()]).acquirePermission(1);
    }
}

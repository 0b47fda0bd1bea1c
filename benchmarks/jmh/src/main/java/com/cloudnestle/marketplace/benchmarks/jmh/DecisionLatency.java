package com.cloudnestle.marketplace.benchmarks.jmh;

import com.cloudnestle.marketplace.entitlement.SolutionTokens.TokenHolder;
import com.cloudnestle.marketplace.quota.AccessRequest;
import com.cloudnestle.marketplace.quota.Decision;
import com.cloudnestle.marketplace.quota.Subject;
import java.io.IOException;
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

/** How long one decision takes, over all prepared entitlements at random; {@link LimiterLatency} has what it is compared with. */
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
public class DecisionLatency {

    private Prepared prepared;
    private Marketplace marketplace;
    private AccessRequest[] requests;

    @Setup(Level.Trial)
    public void start() throws IOException {
        prepared = Prepared.copy();
        marketplace = Marketplace.onDisk(prepared.directory, com.cloudnestle.marketplace.benchmarks.jmh.Mode.LEASED.settings());
        requests = new AccessRequest[prepared.customers.length];
        for (int i = 0; i < requests.length; i++) {
            requests[i] = AccessRequest.one(new Subject.User(prepared.customers[i]), Marketplace.SOLUTION, Marketplace.ACTION);
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
}

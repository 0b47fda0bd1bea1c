package com.cloudnestle.marketplace.benchmarks.jmh;

import com.cloudnestle.marketplace.store.Store;
import com.cloudnestle.marketplace.testing.InMemoryStore;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/** Decisions a second from many threads over 10,000 customers: each way of counting, on the disk and in memory. */
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.Throughput)
@State(Scope.Benchmark)
@Threads(32)
public class CountingRate {

    private static final int CUSTOMERS = 10_000;

    @Param({"STRICT", "LEASED"})
    public Mode mode;

    @Param({"disk", "memory"})
    public String store;

    private Prepared prepared;
    private Marketplace marketplace;
    private String[] customers;

    @Setup(Level.Trial)
    public void start() throws IOException {
        prepared = Prepared.copy();
        if (store.equals("disk")) {
            marketplace = Marketplace.onDisk(prepared.directory, mode.settings());
            customers = prepared.customers;
        } else {
            Store memory = new InMemoryStore(Clock.systemUTC());
            marketplace = Marketplace.over(memory, prepared.directory, mode.settings());
            customers = new String[Math.min(CUSTOMERS, prepared.customers.length)];
            for (int i = 0; i < customers.length; i++) {
                customers[i] = marketplace.join(i, Marketplace.LARGE_TIER).customer();
            }
        }
    }

    @TearDown(Level.Trial)
    public void stop() throws IOException {
        marketplace.close();
        prepared.close();
    }

    @Benchmark
    public boolean decide() {
        return marketplace.take(customers[ThreadLocalRandom.current().nextInt(Math.min(CUSTOMERS, customers.length))]);
    }
}

package com.cloudnestle.marketplace.benchmarks.jmh;

import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Update;
import com.cloudnestle.marketplace.store.WriteResult;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/** Single durable increments of 10,000 items of the embedded store: what group commit gives before any quota. */
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.Throughput)
@State(Scope.Benchmark)
@Threads(32)
public class DurableIncrements {

    private Prepared prepared;
    private Marketplace marketplace;

    @Setup(Level.Trial)
    public void start() throws IOException {
        prepared = Prepared.copy();
        marketplace = Marketplace.onDisk(prepared.directory, Map.of());
    }

    @TearDown(Level.Trial)
    public void stop() throws IOException {
        marketplace.close();
        prepared.close();
    }

    @Benchmark
    public WriteResult increment() {
        Key key = new Key(Table.USAGE, "benchmark#" + ThreadLocalRandom.current().nextInt(10_000), "count");
        return marketplace.store.update(key, Update.builder().add("units", 1).build(), Condition.NONE);
    }
}

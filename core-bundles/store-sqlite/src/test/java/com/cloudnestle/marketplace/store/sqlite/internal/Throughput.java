package com.cloudnestle.marketplace.store.sqlite.internal;

import com.cloudnestle.marketplace.store.Condition;
import com.cloudnestle.marketplace.store.Key;
import com.cloudnestle.marketplace.store.Table;
import com.cloudnestle.marketplace.store.Update;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Durable increments per second, to be run by hand: arguments are a folder and seconds per run. Asserts nothing. */
final class Throughput {

    private Throughput() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        long seconds = Long.parseLong(arguments[1]);
        Files.createDirectories(folder);
        for (int threads : new int[] {1, 8, 32, 1, 8, 32}) {
            measure(Files.createTempDirectory(folder, "throughput"), threads, TimeUnit.SECONDS.toNanos(seconds));
        }
    }

    private static void measure(Path folder, int threads, long nanos) throws Exception {
        HookedConnections connections = new HookedConnections();
        AtomicInteger commits = new AtomicInteger();
        connections.hook(new HookedConnections.Hook() {
            @Override
            public void after(String sql) {
                if (sql.equals("COMMIT")) {
                    commits.incrementAndGet();
                }
            }
        });
        long[][] latencies = new long[threads][];
        try (OpenStore open = OpenStore.in(folder, connections)) {
            CountDownLatch done = new CountDownLatch(threads);
            for (int i = 0; i < threads; i++) {
                int thread = i;
                new Thread(() -> {
                    latencies[thread] = increments(open.store(), thread, nanos);
                    done.countDown();
                }).start();
            }
            done.await();
        }
        long[] all = Arrays.stream(latencies).flatMapToLong(Arrays::stream).sorted().toArray();
        System.out.printf(
                "threads=%d increments/s=%d per_commit=%.1f p50_us=%d p99_us=%d%n",
                threads,
                all.length * TimeUnit.SECONDS.toNanos(1) / nanos,
                (double) all.length / commits.get(),
                all[all.length / 2] / 1000,
                all[(int) (all.length * 0.99)] / 1000);
    }

    private static long[] increments(SqliteStore store, int thread, long nanos) {
        long[] latencies = new long[1 << 20];
        int count = 0;
        Update update = Update.builder().add("n", 1).build();
        long end = System.nanoTime() + nanos;
        for (long start = System.nanoTime(); start < end && count < latencies.length; count++) {
            store.update(new Key(Table.USAGE, "k" + thread % 8, "n" + count % 100), update, Condition.NONE);
            long now = System.nanoTime();
            latencies[count] = now - start;
            start = now;
        }
        return Arrays.copyOf(latencies, count);
    }
}

package com.cloudnestle.marketplace.benchmarks.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Fills a store once, for all benchmarks to copy. Arguments: directory, number of entitlements. */
public final class Prepare {

    private static final int THREADS = 16;

    private Prepare() {}

    public static void main(String[] args) throws IOException, InterruptedException, ExecutionException {
        Path directory = Files.createDirectories(Path.of(args[0]));
        int count = Integer.parseInt(args[1]);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (Marketplace marketplace = Marketplace.onDisk(directory, Map.of())) {
            List<Future<Marketplace.Member>> joining = IntStream.range(0, count)
                    .mapToObj(number -> threads.submit(() -> marketplace.join(number, Marketplace.LARGE_TIER)))
                    .toList();
            StringBuilder lines = new StringBuilder();
            for (Future<Marketplace.Member> member : joining) {
                lines.append(member.get().customer()).append(' ').append(member.get().token()).append('\n');
            }
            Files.writeString(directory.resolve("members.txt"), lines);
        } finally {
            threads.shutdown();
        }
    }
}

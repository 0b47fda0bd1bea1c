package com.cloudnestle.marketplace.benchmarks.jetty;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counters in memory only: what a decision costs when nothing has to survive. */
final class MemoryCounters implements Counters {

    private record Kept(long limit, AtomicLong used) {}

    private final Map<ByteBuffer, Kept> tokens = new ConcurrentHashMap<>();

    void add(byte[] tokenHash, long limit) {
        tokens.put(ByteBuffer.wrap(tokenHash), new Kept(limit, new AtomicLong()));
    }

    @Override
    public Verdict take(byte[] tokenHash) {
        Kept kept = tokens.get(ByteBuffer.wrap(tokenHash));
        if (kept == null) {
            return Verdict.UNKNOWN;
        }
        while (true) {
            long used = kept.used.get();
            if (used >= kept.limit) {
                return new Verdict(true, false, used, kept.limit);
            }
            if (kept.used.compareAndSet(used, used + 1)) {
                return new Verdict(true, true, used + 1, kept.limit);
            }
        }
    }
}
